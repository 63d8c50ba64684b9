package dev.centime.ingest.reaction;

import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.Prices;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A price holds for calls that were made before it was set, too. */
@ApplicationScoped
public class WhenPriceSetThenReprice implements Reaction {
    private static final Duration VIEWS_DEADLINE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int TRIES = 100;

    private final EventLog log;
    private final Prices prices;
    private final Organizations organizations;
    private final AffectedCalls affected;
    private final Repricing repricing;

    /** Made of all reactions, this one too, so it cannot be there yet when this is made. */
    private final Instance<Projections> projections;

    WhenPriceSetThenReprice(
            EventLog log,
            Prices prices,
            Organizations organizations,
            AffectedCalls affected,
            Repricing repricing,
            Instance<Projections> projections) {
        this.log = log;
        this.prices = prices;
        this.organizations = organizations;
        this.affected = affected;
        this.repricing = repricing;
        this.projections = projections;
    }

    @Override
    public String name() {
        return "reprice";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(PriceSet.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        var sets = page.stream().map(event -> (PriceSet) event.payload()).toList();
        return prices.refreshed().chain(() -> {
            var done = Uni.createFrom().voidItem();
            for (var organization : concerned(sets)) {
                done = done.chain(() -> caughtUp(organization)).chain(() -> reprice(organization, sets));
            }
            return done;
        });
    }

    private Collection<String> concerned(List<PriceSet> sets) {
        return sets.stream().anyMatch(set -> set.organization() == null)
                ? organizations.all().keySet()
                : sets.stream().map(PriceSet::organization).collect(Collectors.toSet());
    }

    /** Calls recorded before this moment are seen below; those recorded later are checked when they are. */
    private Uni<Void> caughtUp(String organization) {
        return log.partitionOf(organization)
                .chain(partition -> Uni.combine()
                        .all()
                        .unis(log.timeline(), log.head(partition))
                        .with((timeline, head) -> new Position(timeline, partition, head)))
                .chain(position -> arrived("cost-cells", position).chain(() -> arrived("calls", position)));
    }

    private Uni<Void> arrived(String view, Position position) {
        return projections
                .get()
                .await(view, position, VIEWS_DEADLINE)
                .onItem()
                .transformToUni(arrived ->
                        arrived ? Uni.createFrom().voidItem() : Uni.createFrom().failure(new TimeoutException()));
    }

    private Uni<Void> reprice(String organization, List<PriceSet> sets) {
        return affected.models(organization, sets).chain(models -> {
            var all = Uni.createFrom().voidItem();
            for (var model : models) {
                all = all.chain(() -> page(organization, model, AffectedCalls.START));
            }
            return all;
        });
    }

    private Uni<Void> page(String organization, AffectedCalls.Model model, AffectedCalls.After after) {
        return affected.calls(organization, model, after, Repricing.CHUNK).chain(page -> {
            if (page.eventIds().isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return repricing
                    .correct(organization, page.eventIds())
                    // The view has yet to see the chunk before; it is read again until it has.
                    .onFailure(AppendRejected.class)
                    .retry()
                    .withBackOff(PAUSE, PAUSE.multipliedBy(4))
                    .atMost(TRIES)
                    .chain(() -> page(organization, model, page.last()));
        });
    }
}
