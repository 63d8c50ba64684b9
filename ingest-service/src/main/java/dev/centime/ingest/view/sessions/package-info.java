/** Sessions: what the calls of each add up to. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.view.sessions;
