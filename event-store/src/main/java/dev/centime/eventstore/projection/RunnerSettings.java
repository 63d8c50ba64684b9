package dev.centime.eventstore.projection;

import java.time.Duration;

/**
 * How the runner behaves. The defaults suit every service; tests shorten them.
 *
 * @param lease how long a replica that falls silent keeps its partitions
 * @param beat how often a replica shows that it lives; several times a lease
 * @param poll how often the log is looked at without being woken
 * @param pageTransactions pages folded at once; one connection more of the pool is used for leases and positions
 * @param maxPageEvents events of one transaction
 * @param maxPageBytes of payload, roughly; one event may be larger
 * @param yieldAbove live lag beyond which rebuilds wait
 * @param keepReplaced how long the tables replaced by a rebuild are kept
 * @param maxParked organizations of one partition that may stand still before the projection does, since then it is not they
 *     who are at fault
 * @param retryParked after which one that stands still is tried again although nobody asked; then each time twice as late
 */
public record RunnerSettings(
        Duration lease,
        Duration beat,
        Duration poll,
        int pageTransactions,
        int maxPageEvents,
        int maxPageBytes,
        Duration yieldAbove,
        Duration keepReplaced,
        int maxParked,
        Duration retryParked) {

    public static final RunnerSettings DEFAULT = new RunnerSettings(
            Duration.ofSeconds(4),
            Duration.ofSeconds(1),
            Duration.ofMillis(250),
            2,
            8_192,
            8 * 1024 * 1024,
            Duration.ofMillis(500),
            Duration.ofMinutes(10),
            1_000,
            Duration.ofMinutes(1));

    public RunnerSettings {
        if (beat.multipliedBy(2).compareTo(lease) > 0) {
            throw new IllegalArgumentException("a lease of " + lease + " does not outlive two beats of " + beat);
        }
        if (pageTransactions < 1 || maxPageEvents < 1 || maxPageBytes < 1 || maxParked < 1) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }

    public RunnerSettings withLease(Duration lease, Duration beat) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                maxPageEvents,
                maxPageBytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }

    public RunnerSettings withMaxPageEvents(int events) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                events,
                maxPageBytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }

    /** @param bytes of payload as it is stored; in memory it is several times as much */
    public RunnerSettings withMaxPageBytes(int bytes) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                maxPageEvents,
                bytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }

    public RunnerSettings withPoll(Duration poll) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                maxPageEvents,
                maxPageBytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }

    public RunnerSettings withKeepReplaced(Duration keepReplaced) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                maxPageEvents,
                maxPageBytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }

    public RunnerSettings withRetryParked(Duration retryParked) {
        return new RunnerSettings(
                lease,
                beat,
                poll,
                pageTransactions,
                maxPageEvents,
                maxPageBytes,
                yieldAbove,
                keepReplaced,
                maxParked,
                retryParked);
    }
}
