package dev.centime.eventstore.projection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a view stands.
 *
 * @param state running, rebuilding or parked (some organization stands still)
 * @param lagEvents events of the log not yet folded in, over all partitions
 * @param lagSeconds age of the oldest of them, 0 when there is none
 * @param rebuild progress of a rebuild under way, null without one
 */
public record ProjectionStatus(
        String name,
        String state,
        int generation,
        long lagEvents,
        double lagSeconds,
        List<PartitionPosition> positions,
        List<Parked> parked,
        @Nullable Rebuild rebuild) {

    /** How far a partition is folded in, and how far it goes. */
    public record PartitionPosition(int partition, long offset, long head) {}

    /**
     * An organization whose events a projection could not fold, from this offset on.
     *
     * @param generation in which it stands still: the serving one, or that of a rebuild under way
     * @param wanted retry or skip when that was asked for and is not done yet, else null
     */
    public record Parked(
            String id,
            String organization,
            int partition,
            int generation,
            long firstOffset,
            String error,
            Instant since,
            @Nullable String wanted) {}

    /**
     * A rebuild, under way or ended.
     *
     * @param projection whose tables are filled anew
     * @param generation that they become
     * @param state filling, waiting (an organization is parked in the new generation: retry or skip it), or swapped
     * @param done events folded
     * @param total events to fold, as known at the start
     */
    public record Rebuild(
            String id,
            String projection,
            int generation,
            String state,
            long done,
            long total,
            Instant startedAt,
            @Nullable Instant finishedAt) {}
}
