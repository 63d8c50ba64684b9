package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.contracts.Money;
import dev.centime.contracts.price.PriceBook;
import dev.centime.eventstore.log.Position;
import dev.centime.kit.Caller;
import dev.centime.kit.Prices;
import dev.centime.recommendation.Stories;
import dev.centime.recommendation.Stories.Done;
import dev.centime.recommendation.event.Advice;
import dev.centime.recommendation.policy.Downgrades;
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
    private final Stories stories;
    private final Clock clock;

    GenerateRecommendations(RecentUsage usage, Prices prices, Stories stories, Clock clock) {
        this.usage = usage;
        this.prices = prices;
        this.stories = stories;
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
                .chain(advice -> tell(caller, advice, now))
                .chain(done -> position(caller, done)
                        .map(position -> new Generated.At(Generated.of(from, today, done), position)));
    }

    private static List<Advice> advice(Caller caller, List<Usage> used, PriceBook book, LocalDate from, Instant now) {
        var downgrades = new Downgrades(book, caller.oneOrganization(), from, now);
        var all = used.stream().map(Usage::cost).reduce(Money.ZERO, Money::plus);
        return used.stream().flatMap(each -> downgrades.of(each, all).stream()).toList();
    }

    private Uni<List<Done>> tell(Caller caller, List<Advice> advice, Instant now) {
        return Multi.createFrom()
                .iterable(advice)
                .onItem()
                .transformToUniAndConcatenate(each -> stories.send(caller, new Advise(StoryKey.of(each), each, now)))
                .collect()
                .asList();
    }

    /** The furthest that was written or read; the log's end where nothing was found. */
    private Uni<Position> position(Caller caller, List<Done> done) {
        return done.stream()
                .map(Done::position)
                .max(Comparator.comparingLong(Position::offset))
                .map(position -> Uni.createFrom().item(position))
                .orElseGet(() -> stories.head(caller.oneOrganization()));
    }
}
