package dev.centime.ingest;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Projections;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.List;

/** Waits for the views of calls and costs, for those who correct what the views hold. */
@ApplicationScoped
public class CaughtUp {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final List<String> VIEWS = List.of("cost-cells", "calls");

    private final EventLog log;

    /** Made of all reactions, some of which wait here, so it cannot be there yet when this is made. */
    private final Instance<Projections> projections;

    CaughtUp(EventLog log, Instance<Projections> projections) {
        this.log = log;
        this.projections = projections;
    }

    /** Completes when the views hold whatever the log held of an organization; fails when that takes too long. */
    public Uni<Void> with(String organization) {
        return log.partitionOf(organization)
                .chain(partition -> Uni.combine()
                        .all()
                        .unis(log.timeline(), log.head(partition))
                        .with((timeline, head) -> new Position(timeline, partition, head)))
                .chain(this::at);
    }

    /**
     * Completes when the views hold whatever came before an event, and the event; fails when that takes too long. For reactions: the views of
     * their own partition go no further than the page at hand while they wait.
     */
    public Uni<Void> with(StoredEvent event) {
        return log.timeline().chain(timeline -> at(new Position(timeline, event.partition(), event.offset())));
    }

    private Uni<Void> at(Position position) {
        var done = Uni.createFrom().voidItem();
        for (var view : VIEWS) {
            done = done.chain(() -> arrived(view, position));
        }
        return done;
    }

    private Uni<Void> arrived(String view, Position position) {
        return projections
                .get()
                .await(view, position, DEADLINE)
                .onItem()
                .transformToUni(arrived ->
                        arrived ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new TimeoutException()));
    }
}
