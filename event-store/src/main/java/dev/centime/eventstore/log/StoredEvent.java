package dev.centime.eventstore.log;

import java.time.Instant;
import java.util.Map;

/**
 * An event as the log holds it.
 *
 * @param partition where it lies
 * @param offset its place there, from 1, without gaps
 * @param recordedAt when the log took it; never earlier than that of the offset before
 */
public record StoredEvent(
        int partition,
        long offset,
        String id,
        String type,
        int version,
        Instant at,
        Instant recordedAt,
        String organization,
        byte[] payload,
        Map<String, String> metadata) {}
