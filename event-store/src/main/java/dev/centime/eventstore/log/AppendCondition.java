package dev.centime.eventstore.log;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Append only if nothing that any of the criteria matches came after an offset.
 *
 * @param anyOf criteria, joined by or
 * @param after the offset up to which the decision had read, 0 for none
 * @param timeline that this offset is of: on another one the condition does not hold, since what the decision had read may not be
 *     there. Null where it was read from the same database as the append goes to
 */
public record AppendCondition(
        Set<Criterion> anyOf, long after, @Nullable Long timeline) {
    public AppendCondition(Set<Criterion> anyOf, Position head) {
        this(anyOf, head.offset(), head.timeline());
    }

    public AppendCondition(Set<Criterion> anyOf, long after) {
        this(anyOf, after, null);
    }
}
