package dev.centime.eventstore.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One generation of a projection, or a reaction, in one partition: how far it is and who stands still. Belongs to the thread of its
 * partition; only what gauges show is read by others.
 */
final class Lane {
    private final Follows follows;
    private final int generation;
    private final boolean serving;
    private final Map<String, ParkedRow> parked = new HashMap<>();
    private volatile long upTo;
    private volatile @Nullable Instant oldestUnfolded;
    private final Pause pause = new Pause(Duration.ofMillis(50), Duration.ofSeconds(5));

    Lane(Follows follows, int generation, boolean serving, long upTo) {
        this.follows = follows;
        this.generation = generation;
        this.serving = serving;
        this.upTo = upTo;
    }

    /** Whether the table says of this lane what is known here. */
    boolean is(PositionRows.Stand stand) {
        return name().equals(stand.projection())
                && generation == stand.generation()
                && serving == stand.serving()
                && upTo == stand.upTo();
    }

    Follows follows() {
        return follows;
    }

    String name() {
        return follows.name();
    }

    int generation() {
        return generation;
    }

    boolean serving() {
        return serving;
    }

    long upTo() {
        return upTo;
    }

    Map<String, ParkedRow> parked() {
        return parked;
    }

    /** A page was committed: nothing is wrong any more. */
    void moved(long upTo) {
        this.upTo = upTo;
        pause.succeeded();
    }

    /** A failure that no event is to blame for: try again later, each time twice as late. */
    void failed() {
        pause.failed();
    }

    /** Whether it failed and was not well since. */
    boolean waits() {
        return pause.failing();
    }

    boolean paused() {
        return pause.lasts();
    }

    /** When the log took the oldest event that is known not to be folded; null when everything known is. */
    @Nullable
    Instant oldestUnfolded() {
        return oldestUnfolded;
    }

    void oldestUnfolded(@Nullable Instant recordedAt) {
        this.oldestUnfolded = recordedAt;
    }

    @Override
    public String toString() {
        return follows.name() + " (generation " + generation + ", up to " + upTo + ")";
    }
}
