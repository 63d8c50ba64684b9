package dev.centime.eventstore.log;

import java.time.Duration;

/**
 * How much the log's client takes on at once.
 *
 * @param groupEvents the most events that unconditional appends of one partition share a call with
 * @param groupBytes the most bytes of payload of such a call
 * @param callsPerPartition calls under way for one partition: while one is being made durable the next is on its way
 * @param queueEvents events that may wait, over all partitions; more are refused with {@link LogUnavailable}
 * @param queueBytes bytes of payload that may wait
 * @param callTimeout after which a call counts as lost
 * @param patience how long calls that the database fails for a passing reason are made again
 */
public record LogSettings(
        int groupEvents,
        int groupBytes,
        int callsPerPartition,
        int queueEvents,
        long queueBytes,
        Duration callTimeout,
        Duration patience) {

    public LogSettings {
        if (groupEvents < 1 || groupBytes < 1 || callsPerPartition < 1 || queueEvents < 1 || queueBytes < 1) {
            throw new IllegalArgumentException("every limit must be at least 1");
        }
    }

    public static LogSettings defaults() {
        return new LogSettings(5_000, 4 << 20, 2, 50_000, 128L << 20, Duration.ofSeconds(10), Duration.ofSeconds(5));
    }

    public LogSettings withPatience(Duration time) {
        return new LogSettings(groupEvents, groupBytes, callsPerPartition, queueEvents, queueBytes, callTimeout, time);
    }

    public LogSettings withQueue(int events, long bytes) {
        return new LogSettings(groupEvents, groupBytes, callsPerPartition, events, bytes, callTimeout, patience);
    }

    public LogSettings withGroups(int events, int bytes, int calls) {
        return new LogSettings(events, bytes, calls, queueEvents, queueBytes, callTimeout, patience);
    }
}
