package dev.centime.eventstore.log;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Append only if nothing that any of the criteria matches came after an offset.
 *
 * @param anyOf criteria, joined by or
 * @param after the offset up to which the decision had read, 0 for none
 * @param timeline that this offset is of: on another one the condition does not hold, since what the decision had read may not be
 *     there. Null where it was read from the same database as the append goes to
 * @param within how long ago, by the log's clock, the first event after the offset may have been taken, whatever it is, when the append
 *     has its turn: an append that had to wait for longer rests on what is old by then. Null where that does not matter
 */
public record AppendCondition(
        Set<Criterion> anyOf,
        long after,
        @Nullable Long timeline,
        @Nullable Duration within) {
    public AppendCondition(Set<Criterion> anyOf, Position head) {
        this(anyOf, head.offset(), head.timeline(), null);
    }

    public AppendCondition(Set<Criterion> anyOf, long after, @Nullable Long timeline) {
        this(anyOf, after, timeline, null);
    }

    public AppendCondition(Set<Criterion> anyOf, long after) {
        this(anyOf, after, null, null);
    }

    /** The same, not to be older than that. */
    public AppendCondition within(Duration age) {
        return new AppendCondition(anyOf, after, timeline, age);
    }
}
