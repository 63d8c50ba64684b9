package dev.centime.eventstore.log;

/**
 * A stored event with its payload read.
 *
 * @param payload of the class that {@link EventTypes} gives for its type, newest version
 */
public record Event(StoredEvent stored, Object payload) {}
