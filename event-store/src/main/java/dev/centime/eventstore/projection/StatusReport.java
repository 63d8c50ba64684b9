package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import dev.centime.eventstore.projection.PositionRows.Stand;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How all projections stand, over all replicas: read from the tables, since each replica knows only its own partitions. */
final class StatusReport {
    private final RunnerParts parts;
    private final RebuildRows rebuildRows;

    StatusReport(RunnerParts parts, RebuildRows rebuildRows) {
        this.parts = parts;
        this.rebuildRows = rebuildRows;
    }

    Uni<List<ProjectionStatus.Rebuild>> rebuilds() {
        return rebuildRows.recent(parts.pool());
    }

    List<ProjectionStatus> read() {
        var stands = await(parts.positions().all(parts.pool()));
        var parked = await(parts.parkedRows().all(parts.pool()));
        var rebuilds = await(rebuilds());
        var heads = await(parts.log().heads());
        var report = new ArrayList<ProjectionStatus>();
        for (var follows : parts.follows().values()) {
            var name = follows.name();
            report.add(one(
                    follows,
                    stands.stream()
                            .filter(stand ->
                                    stand.serving() && stand.projection().equals(name))
                            .toList(),
                    parked.stream()
                            .filter(shown -> shown.projection().equals(name))
                            .map(ParkedRows.Shown::parked)
                            .toList(),
                    rebuilds.stream()
                            .filter(rebuild -> rebuild.projection().equals(name))
                            .toList(),
                    heads));
        }
        return List.copyOf(report);
    }

    private ProjectionStatus one(
            Follows follows,
            List<Stand> stands,
            List<ProjectionStatus.Parked> parked,
            List<ProjectionStatus.Rebuild> rebuilds,
            Map<Integer, Long> heads) {
        var positions = stands.stream()
                .map(stand -> new ProjectionStatus.PartitionPosition(
                        stand.partition(),
                        stand.upTo(),
                        Math.max(stand.upTo(), heads.getOrDefault(stand.partition(), 0L))))
                .toList();
        var underWay = rebuilds.stream()
                .filter(rebuild -> rebuild.finishedAt() == null)
                .findFirst()
                .orElse(null);
        var state = !parked.isEmpty() ? "parked" : underWay != null ? "rebuilding" : "running";
        return new ProjectionStatus(
                follows.name(),
                state,
                stands.stream().mapToInt(Stand::generation).max().orElse(1),
                positions.stream().mapToLong(p -> p.head() - p.offset()).sum(),
                lagSeconds(follows, positions),
                positions,
                parked,
                underWay);
    }

    /** The log is asked only where something is behind. */
    private double lagSeconds(Follows follows, List<ProjectionStatus.PartitionPosition> positions) {
        return positions.stream()
                .filter(position -> position.offset() < position.head())
                .flatMap(
                        position -> await(parts.log().read(position.partition(), position.offset(), 1, follows.types()))
                                .events()
                                .stream())
                .mapToDouble(event -> parts.clock().secondsSince(event.recordedAt()))
                .max()
                .orElse(0);
    }
}
