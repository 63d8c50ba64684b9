package dev.centime.ingest.imports;

import java.time.Duration;

/**
 * For how long looking at the database has succeeded without a break. While it cannot be reached nobody can say that he is still there,
 * so a lease that ran out proves nothing until its holder has had time to say so again. Used by one thread.
 */
final class SteadyLooks {
    private final long longEnoughNanos;
    private final long longestGapNanos;
    private boolean looking;
    private long since;
    private long last;

    /**
     * @param longEnough for which looks must succeed before they are steady
     * @param longestGap between two looks; after a longer one, in which this process may have stood still, they are not
     */
    SteadyLooks(Duration longEnough, Duration longestGap) {
        this.longEnoughNanos = longEnough.toNanos();
        this.longestGapNanos = longestGap.toNanos();
    }

    /** @param nanos as of {@link System#nanoTime}. @return whether they have been steady for long enough */
    boolean succeeded(long nanos) {
        if (!looking || nanos - last > longestGapNanos) {
            looking = true;
            since = nanos;
        }
        last = nanos;
        return nanos - since >= longEnoughNanos;
    }

    void failed() {
        looking = false;
    }
}
