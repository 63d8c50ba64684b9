package dev.centime.eventstore.projection;

import java.time.Duration;

/** How long to leave something alone that failed: twice as long each time, up to a limit. Belongs to one thread. */
final class Pause {
    private final Duration first;
    private final Duration longest;
    private Duration length = Duration.ZERO;
    private long endsAtNanos = System.nanoTime();

    Pause(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    void failed() {
        var twice = length.isZero() ? first : length.multipliedBy(2);
        length = twice.compareTo(longest) < 0 ? twice : longest;
        endsAtNanos = System.nanoTime() + length.toNanos();
    }

    void succeeded() {
        length = Duration.ZERO;
    }

    /** Whether the last attempt failed. */
    boolean failing() {
        return !length.isZero();
    }

    /** Whether it is to be left alone now. */
    boolean lasts() {
        return failing() && System.nanoTime() - endsAtNanos < 0;
    }

    Duration length() {
        return length;
    }
}
