package dev.centime.eventstore.projection;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a view stands.
 *
 * @param state running, rebuilding or parked (some organization stands still)
 * @param lagEvents events of the log not yet folded in, over all partitions
 * @param rebuild progress of a rebuild under way, null without one
 */
public record ProjectionStatus(
        String name,
        String state,
        int generation,
        long lagEvents,
        List<PartitionPosition> positions,
        List<Parked> parked,
        @Nullable Rebuild rebuild) {

    public record PartitionPosition(int partition, long offset, long head) {}

    /** An organization whose events a projection could not fold, from this offset on. */
    public record Parked(
            String id, String organization, int partition, long firstOffset, String error, Instant since) {}

    /**
     * @param done events folded
     * @param total events to fold, as known at the start
     */
    public record Rebuild(
            String id,
            long done,
            long total,
            Instant startedAt,
            @Nullable Instant finishedAt) {}
}
