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
 * @param metadata who, from where and why: {@code actor}, {@code from}, {@code request}, {@code correlation}, {@code causation}, and
 *     what it is {@link About}; may be empty
 * @param tags what a decision finds it by, and whoever asks what it is about; empty for facts that nobody looks for
 */
public record NewEvent(
        String id, String type, int version, Instant at, byte[] payload, Map<String, String> metadata, Set<Tag> tags) {}
