package dev.centime.eventstore.projection;

/**
 * The right to fold a partition, until another epoch begins. What this process believes of it only saves work: the truth is the
 * epoch beside the position, which every page compares.
 */
final class Lease {
    private final int partition;
    private final long epoch;
    private volatile long validUntilNanos;

    Lease(int partition, long epoch, long validUntilNanos) {
        this.partition = partition;
        this.epoch = epoch;
        this.validUntilNanos = validUntilNanos;
    }

    int partition() {
        return partition;
    }

    long epoch() {
        return epoch;
    }

    void extend(long validUntilNanos) {
        this.validUntilNanos = validUntilNanos;
    }

    boolean valid() {
        return System.nanoTime() - validUntilNanos < 0;
    }
}
