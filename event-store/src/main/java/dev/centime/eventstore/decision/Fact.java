package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An event that a decision wants appended.
 *
 * @param id unique in its organization for ever; derived from the command's where that may be repeated
 */
public record Fact(String id, Instant at, Object payload, Map<String, String> metadata, Set<Tag> tags) {}
