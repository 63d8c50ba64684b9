package dev.centime.ingest.reaction;

import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.CaughtUp;
import dev.centime.ingest.Prices;
import dev.centime.ingest.command.reprice.Repricing;
import dev.centime.ingest.reaction.AffectedModels.Model;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A price is what calls that had none were waiting for. Calls that had one keep it: whoever sets a price for the past is told how many
 * they are, and decides (POST /pricing/reprice).
 */
@ApplicationScoped
public class WhenPriceSetThenReprice implements Reaction {
    private final Prices prices;
    private final Organizations organizations;
    private final AffectedModels affected;
    private final WaitingCalls waiting;
    private final CallsSince recorded;
    private final Repricing repricing;
    private final CaughtUp views;

    WhenPriceSetThenReprice(
            Prices prices,
            Organizations organizations,
            AffectedModels affected,
            WaitingCalls waiting,
            CallsSince recorded,
            Repricing repricing,
            CaughtUp views) {
        this.prices = prices;
        this.organizations = organizations;
        this.affected = affected;
        this.waiting = waiting;
        this.recorded = recorded;
        this.repricing = repricing;
        this.views = views;
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
        // In the order of the log, so the first one was set first.
        var setAt = page.getFirst().stored().recordedAt();
        return prices.refreshed().chain(() -> {
            // Calls recorded before this moment are seen below; those recorded later are checked when they are.
            return Multi.createFrom()
                    .iterable(concerned(sets))
                    .onItem()
                    .transformToUniAndConcatenate(
                            organization -> views.with(organization).chain(() -> reprice(organization, sets, setAt)))
                    .collect()
                    .last()
                    .replaceWithVoid();
        });
    }

    private Collection<String> concerned(List<PriceSet> sets) {
        return sets.stream().anyMatch(set -> set.organization() == null)
                ? organizations.all().keySet()
                : sets.stream().map(PriceSet::organization).collect(Collectors.toSet());
    }

    private Uni<Void> reprice(String organization, List<PriceSet> sets, Instant setAt) {
        return affected.of(organization, sets)
                .onItem()
                .transformToMulti(models -> Multi.createFrom().iterable(models))
                .onItem()
                .transformToUniAndConcatenate(model -> reprice(model, setAt))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> reprice(Model model, Instant setAt) {
        Function<List<String>, Uni<?>> correct = ids -> repricing.correct(model.organization(), ids, setAt);
        return CallPage.<WaitingCalls.End>each(end -> waiting.of(model, end, Repricing.CHUNK), correct)
                .chain(() ->
                        CallPage.<CallsSince.End>each(end -> recorded.of(model, end, setAt, Repricing.CHUNK), correct));
    }
}
