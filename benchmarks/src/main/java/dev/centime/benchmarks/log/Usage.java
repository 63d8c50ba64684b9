package dev.centime.benchmarks.log;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.EventTypes;

/** A payload of about 250 bytes of JSON, like that of a recorded call. */
public record Usage(
        String recordId,
        String provider,
        String model,
        String project,
        String session,
        String subject,
        long input,
        long output,
        long cacheRead,
        String cost,
        String status) {
    static final EventTypes TYPES = EventTypes.with(new JsonMapper())
            .add(Usage.class, "usage-recorded", 1)
            .build();

    static Usage number(long n) {
        return new Usage(
                "call-" + n,
                "anthropic",
                "claude-sonnet-4-5",
                "checkout",
                "session-" + n / 40,
                "subject-" + n % 200,
                1_200 + n % 900,
                300 + n % 70,
                n % 3 * 1_000,
                "0.00" + (10_000 + n % 9_000),
                "ok");
    }
}
