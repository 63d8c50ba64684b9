package dev.centime.budget.limit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that a limit is for.
 *
 * @param start included
 * @param end not included; null when it has none, as with a session
 */
public record Window(Instant start, @Nullable Instant end) {
    public boolean contains(Instant instant) {
        return !instant.isBefore(start) && (end == null || instant.isBefore(end));
    }

    /** Whether no instant from then on lies in it. */
    public boolean endedBy(Instant instant) {
        return end != null && !end.isAfter(instant);
    }
}
