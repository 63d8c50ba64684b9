package dev.centime.ingest.reaction;

import dev.centime.contracts.PriceSet;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.ingest.CaughtUp;
import dev.centime.ingest.Prices;
import dev.centime.ingest.command.reprice.Repricing;
import dev.centime.ingest.reaction.AffectedModels.Model;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
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
    private final Repricing repricing;
    private final CaughtUp views;
    private final EventLog log;
    private final TakenCalls taken;
    private final PriceCheck check;

    WhenPriceSetThenReprice(
            Prices prices,
            Organizations organizations,
            AffectedModels affected,
            WaitingCalls waiting,
            Repricing repricing,
            CaughtUp views,
            EventLog log,
            TakenCalls taken,
            PriceCheck check) {
        this.prices = prices;
        this.organizations = organizations;
        this.affected = affected;
        this.waiting = waiting;
        this.repricing = repricing;
        this.views = views;
        this.log = log;
        this.taken = taken;
        this.check = check;
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
        // Before anything is waited for: what is appended after these heads is checked with these prices.
        return prices.refreshed().chain(() -> taken.lookBack(page)).chain(back -> {
            var organizations = concerned(sets);
            return eachOf(organizations, organization -> views.with(organization)
                            .chain(() -> reprice(organization, sets)))
                    .chain(() -> isEverybodys(sets)
                            ? checkTakenMeanwhile(back, back.partitions(), organization -> true)
                            : partitionsOf(organizations)
                                    .chain(partitions ->
                                            checkTakenMeanwhile(back, partitions, organizations::contains)))
                    .invoke(() -> taken.forget(back));
        });
    }

    private Collection<String> concerned(List<PriceSet> sets) {
        return isEverybodys(sets)
                ? organizations.all().keySet()
                : sets.stream().map(PriceSet::organization).collect(Collectors.toSet());
    }

    private static boolean isEverybodys(List<PriceSet> sets) {
        return sets.stream().anyMatch(set -> set.organization() == null);
    }

    private Uni<Void> reprice(String organization, List<PriceSet> sets) {
        return affected.of(organization, sets).chain(models -> eachOf(models, this::reprice));
    }

    private Uni<Void> reprice(Model model) {
        return waiting.each(model, ids -> repricing.correct(model.organization(), ids));
    }

    /**
     * A price bears the moment at which the log began to take it, and can be read a little later. Calls that were taken in between were
     * checked without it; those taken from now on are checked with it.
     */
    private Uni<Void> checkTakenMeanwhile(LookBack back, Collection<Integer> partitions, Predicate<String> whose) {
        return eachOf(partitions, partition -> taken.each(back, partition, whose, check::of));
    }

    private Uni<Set<Integer>> partitionsOf(Collection<String> organizations) {
        return Multi.createFrom()
                .iterable(organizations)
                .onItem()
                .transformToUniAndConcatenate(log::partitionOf)
                .collect()
                .asSet();
    }

    private static <T> Uni<Void> eachOf(Collection<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
