package dev.centime.eventstore.log;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * An event to append.
 *
 * @param id unique within its organization for ever; an event whose id the log holds already is not stored again
 * @param type the pinned name
 * @param version of that type, from 1
 * @param at when it happened, to the microsecond
 * @param payload JSON in UTF-8, stored byte for byte
 * @param metadata who and why: {@code actor}, {@code correlation}, {@code causation}; may be empty
 * @param tags what a decision finds it by; empty for facts that no decision reads
 */
public record NewEvent(
        String id, String type, int version, Instant at, byte[] payload, Map<String, String> metadata, Set<Tag> tags) {}
