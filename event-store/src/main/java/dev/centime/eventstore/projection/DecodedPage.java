package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some events of a partition in order, read and decoded once for all who are at that place.
 *
 * @param upTo everything up to here was looked at
 * @param full whether there may be more at once
 * @param timeline that it was read on
 */
record DecodedPage(long after, long upTo, boolean full, long timeline, List<Slot> slots) {

    /** A stored event and what could be made of it: an event, or the reason why not. */
    record Slot(
            StoredEvent stored,
            @Nullable Event event,
            @Nullable EventUnreadable fault) {
        Event read() {
            if (event == null) {
                throw fault == null ? new IllegalStateException("neither event nor fault") : fault;
            }
            return event;
        }

        long offset() {
            return stored.offset();
        }
    }

    /** The same page, known to be followed by more where it ends before a head. */
    DecodedPage withMoreUpTo(long head) {
        return full || upTo >= head ? this : new DecodedPage(after, upTo, true, timeline, slots);
    }

    /** The part of the page up to an offset. */
    DecodedPage until(long offset) {
        if (offset >= upTo) {
            return this;
        }
        return new DecodedPage(after, offset, true, timeline, only(slot -> slot.offset() <= offset));
    }

    List<Slot> only(Predicate<Slot> wanted) {
        var some = new ArrayList<Slot>(slots.size());
        for (var slot : slots) {
            if (wanted.test(slot)) {
                some.add(slot);
            }
        }
        return some;
    }

    /** When the log took the first of these, null when there are none. */
    @Nullable
    Instant oldest() {
        return slots.isEmpty() ? null : slots.getFirst().stored().recordedAt();
    }
}
