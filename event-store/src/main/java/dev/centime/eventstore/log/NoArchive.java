package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Knows of no archived event. */
final class NoArchive implements LogArchive {
    @Override
    public Uni<Stretch> read(int partition, long after, int limit, Predicate<StoredEvent> wanted) {
        return Uni.createFrom().failure(() -> new LogGap(partition, after));
    }

    @Override
    public Uni<List<StoredEvent>> find(int partition, String organization, Collection<String> ids) {
        return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Optional<Long>> before(int partition, Instant at) {
        return Uni.createFrom().item(Optional.empty());
    }
}
