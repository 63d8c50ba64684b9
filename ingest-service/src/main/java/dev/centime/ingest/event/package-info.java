/** The events that no other module reads; the others are in event-contracts. */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.event;
