package dev.centime.eventstore.projection;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** How late the lanes of this replica are, from what is known without asking. */
record LocalLag(Collection<PartitionLoop> loops, Map<Integer, Long> heads, DatabaseClock clock) {

    /** Events of the log that are not folded in. */
    long events(String name) {
        return loops.stream()
                .mapToLong(loop -> {
                    var head = heads.getOrDefault(loop.lease().partition(), 0L);
                    return serving(loop, name)
                            .mapToLong(lane -> Math.max(0, head - lane.upTo()))
                            .sum();
                })
                .sum();
    }

    /** The age of the oldest event that is not folded in, 0 when there is none. */
    double seconds(String name) {
        return loops.stream()
                .flatMap(loop -> serving(loop, name))
                .map(Lane::oldestUnfolded)
                .filter(Objects::nonNull)
                .mapToDouble(clock::secondsSince)
                .max()
                .orElse(0);
    }

    private static Stream<Lane> serving(PartitionLoop loop, String name) {
        return loop.lanes().stream()
                .filter(lane -> lane.serving() && lane.name().equals(name));
    }
}
