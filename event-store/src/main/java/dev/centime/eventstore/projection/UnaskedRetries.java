package dev.centime.eventstore.projection;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When organizations that stand still are tried again although nobody asked: what they stumbled over may have been a moment's, or
 * mended since. Each time twice as late as before, since it may as well be there for ever. Belongs to one thread.
 */
final class UnaskedRetries {
    private static final int LONGEST_PAUSE = 60;

    private final Duration first;
    private final Map<String, Pause> byRow = new HashMap<>();

    /** @param first how long after it was parked, or seen so by this replica; the longest pause is sixty times that */
    UnaskedRetries(Duration first) {
        this.first = first;
    }

    boolean isDue(ParkedRow row) {
        return !byRow.computeIfAbsent(row.id(), id -> begun()).lasts();
    }

    private Pause begun() {
        var pause = new Pause(first, first.multipliedBy(LONGEST_PAUSE));
        pause.failed();
        return pause;
    }

    /**
     * One was tried.
     *
     * @param left the row as it is now, null when the organization goes on
     * @return whether it came further and is to be gone on with at once
     */
    boolean tried(ParkedRow row, @Nullable ParkedRow left) {
        if (left == null) {
            byRow.remove(row.id());
            return false;
        }
        if (left.resumeAt() > row.resumeAt() && left.resumeAt() > left.firstOffset()) {
            return true;
        }
        if (!left.id().equals(row.id())) {
            byRow.remove(row.id());
            return false;
        }
        byRow.computeIfAbsent(row.id(), id -> begun()).failed();
        return false;
    }

    /** Forgets all others. */
    void keep(Set<String> ids) {
        byRow.keySet().retainAll(ids);
    }
}
