/** What the log's usage adds up to. Each folder answers one kind of question; what an event adds to any of them is {@link Contribution}. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view;
