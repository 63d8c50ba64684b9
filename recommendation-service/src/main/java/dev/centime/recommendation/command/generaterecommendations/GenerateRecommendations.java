package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.contracts.Money;
import dev.centime.contracts.price.PriceBook;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.kit.Caller;
import dev.centime.recommendation.Decisions;
import dev.centime.recommendation.Decisions.Decided;
import dev.centime.recommendation.Prices;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.policy.Downgrades;
import dev.centime.recommendation.policy.Lifecycle;
import dev.centime.recommendation.policy.StoryKey;
import dev.centime.recommendation.policy.Usage;
import dev.centime.recommendation.usage.RecentUsage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/** Looks for savings in the last 30 days, and tells the stories of what it finds on. */
@ApplicationScoped
class GenerateRecommendations {
    private static final int DAYS = 30;

    private final RecentUsage usage;
    private final Prices prices;
    private final Decisions decisions;
    private final EventLog log;
    private final Clock clock;

    GenerateRecommendations(RecentUsage usage, Prices prices, Decisions decisions, EventLog log, Clock clock) {
        this.usage = usage;
        this.prices = prices;
        this.decisions = decisions;
        this.log = log;
        this.clock = clock;
    }

    Uni<Generated.At> generate(Caller caller) {
        var now = clock.instant();
        var today = now.atZone(ZoneOffset.UTC).toLocalDate();
        var from = today.minusDays(DAYS - 1L);
        return Uni.combine()
                .all()
                .unis(usage.since(caller, from), prices.book())
                .asTuple()
                // Repricing everything with every model takes some milliseconds: too long for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> advice(caller, found.getItem1(), found.getItem2(), from, now))
                .chain(advice -> decide(caller, advice, now))
                .chain(decided -> position(caller, decided)
                        .map(position -> new Generated.At(Generated.of(from, today, decided), position)));
    }

    private static List<Advice> advice(Caller caller, List<Usage> used, PriceBook book, LocalDate from, Instant now) {
        var downgrades = new Downgrades(book, caller.oneOrganization(), from, now);
        var all = used.stream().map(Usage::cost).reduce(Money.ZERO, Money::plus);
        return used.stream().flatMap(each -> downgrades.of(each, all).stream()).toList();
    }

    private Uni<List<Decided>> decide(Caller caller, List<Advice> advice, Instant now) {
        return Multi.createFrom()
                .iterable(advice)
                .onItem()
                .transformToUniAndConcatenate(each -> decisions.run(
                        caller.oneOrganization(),
                        StoryKey.of(each),
                        caller.id(),
                        state -> Lifecycle.advise(state, each, now)))
                .collect()
                .asList();
    }

    /** The furthest that was written or read; the head as it is where nothing was found. */
    private Uni<Position> position(Caller caller, List<Decided> decided) {
        var furthest = decided.stream().map(Decided::position).max(Comparator.comparingLong(Position::offset));
        return furthest.map(position -> Uni.createFrom().item(position))
                .orElseGet(() -> log.partitionOf(caller.oneOrganization()).chain(partition -> Uni.combine()
                        .all()
                        .unis(log.timeline(), log.head(partition))
                        .with((timeline, head) -> new Position(timeline, partition, head))));
    }
}
