package dev.centime.eventstore.projection;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * Fires what is due in a leased partition, in order of time. One that fails stays, and is left alone for a while, each time twice as
 * long; those after it are fired all the same, however many of its kind there are. Belongs to the thread of its partition.
 */
final class DueTimers {
    private static final int AT_ONCE = 100;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** Those beyond are tried again at every look. */
    private static final int MOST_REMEMBERED = 10_000;

    private final Lease lease;
    private final TimerFiring firing;
    private final Map<Timer, Pause> failing = new HashMap<>();

    DueTimers(Lease lease, TimerFiring firing) {
        this.lease = lease;
        this.firing = firing;
    }

    /** At most a page, and for about a second, since views are folded on the same thread; what is left is due at the next look. */
    void fire() {
        var limit = AT_ONCE + failing.size();
        var due = firing.due(lease, limit);
        if (due.size() < limit) {
            forgetAllBut(due);
        }
        var end = System.nanoTime() + LONGEST_LOOK.toNanos();
        due.stream()
                .filter(timer -> !rests(timer))
                .limit(AT_ONCE)
                .takeWhile(timer -> System.nanoTime() - end < 0)
                .forEach(this::fire);
    }

    private void fire(Timer timer) {
        if (!lease.valid()) {
            throw new StaleLease("the lease of partition " + lease.partition() + " has run out");
        }
        if (firing.fire(lease, timer)) {
            failing.remove(timer);
        } else if (failing.containsKey(timer) || failing.size() < MOST_REMEMBERED) {
            failing.computeIfAbsent(timer, failed -> new Pause(FIRST_PAUSE, LONGEST_PAUSE))
                    .failed();
        }
    }

    private boolean rests(Timer timer) {
        var pause = failing.get(timer);
        return pause != null && pause.lasts();
    }

    /** Cancelled or set anew meanwhile. */
    private void forgetAllBut(List<Timer> due) {
        if (!failing.isEmpty()) {
            failing.keySet().retainAll(new HashSet<>(due));
        }
    }
}
