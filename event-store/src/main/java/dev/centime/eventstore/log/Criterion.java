package dev.centime.eventstore.log;

import java.util.Set;

/**
 * Events that carry all of the tags and, unless the set is empty, are of one of the types.
 *
 * @param tags at least one
 */
public record Criterion(Set<Tag> tags, Set<String> types) {}
