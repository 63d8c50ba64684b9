package dev.centime.eventstore.projection;

/**
 * The right to fold a partition, until another epoch or another timeline of the database begins. What this process believes of it
 * only saves work: the truth is the epoch beside the position, which every page compares, and the timeline with it.
 */
final class Lease {
    private final int partition;
    private final long epoch;
    private final long timeline;
    private volatile long validUntilNanos;

    Lease(int partition, long epoch, long timeline, long validUntilNanos) {
        this.partition = partition;
        this.epoch = epoch;
        this.timeline = timeline;
        this.validUntilNanos = validUntilNanos;
    }

    int partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    long timeline() {
        return timeline;
    }

    void extend(long validUntilNanos) {
        this.validUntilNanos = validUntilNanos;
    }

    boolean valid() {
        return System.nanoTime() - validUntilNanos < 0;
    }
}
