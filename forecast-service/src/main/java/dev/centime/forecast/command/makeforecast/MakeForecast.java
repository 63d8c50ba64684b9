package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import dev.centime.forecast.method.Forecaster;
import dev.centime.forecast.spend.DailySpend;
import dev.centime.forecast.spend.Endless;
import dev.centime.kit.Caller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a forecast and keeps it in the log. */
@ApplicationScoped
class MakeForecast {
    private final FindSubject find;
    private final DailySpend spend;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    MakeForecast(FindSubject find, DailySpend spend, EventLog log, EventTypes types, Clock clock) {
        this.find = find;
        this.spend = spend;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** @param position where the log holds it */
    record Made(Forecast forecast, Position position) {}

    Uni<Made> make(Caller caller, Organization organization, ForecastRequest request, String forecastId) {
        var now = clock.instant();
        var zone = organization.timeZone();
        return find.of(caller, request, now.atZone(zone).toLocalDate())
                .invoke(subject -> Individuals.check(caller, organization, subject.scope()))
                .invoke(subject -> Endless.check(
                        subject.scope(), dimension -> Problem.unprocessable("scope." + dimension, Endless.REASON)))
                .map(subject -> new Asked(forecastId, now, zone, subject, request.days(), request.share()))
                .chain(asked -> forecast(caller, asked).chain(forecast -> keep(caller, asked, forecast)));
    }

    private Uni<Forecast> forecast(Caller caller, Asked asked) {
        var period = Period.lastDays(Forecaster.MOST_HISTORY_DAYS + 1, asked.today(), asked.zone());
        return Uni.combine()
                .all()
                .unis(
                        spend.of(caller, asked.subject().scope(), period),
                        spent(caller, asked, period),
                        carriedOver(caller, asked))
                .asTuple()
                // Some milliseconds of arithmetic: too long for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> Expectation.of(asked, found.getItem1(), found.getItem2(), found.getItem3()));
    }

    /** Since the limit's period began, today included; that may be longer ago than the history goes back. */
    private Uni<Money> spent(Caller caller, Asked asked, Period history) {
        var limit = asked.subject().limit();
        if (limit == null || limit.period().first().isAfter(asked.today())) {
            return Uni.createFrom().item(Money.ZERO);
        }
        var from = limit.period().first().atStartOfDay(asked.zone()).toInstant();
        return spend.between(caller, asked.subject().scope(), from, history.until());
    }

    /** What the limit takes from the periods before. */
    private Uni<Money> carriedOver(Caller caller, Asked asked) {
        var limit = asked.subject().limit();
        var first = limit == null ? null : limit.carriedOver().first();
        if (limit == null || first == null) {
            return Uni.createFrom().item(Money.ZERO);
        }
        var before = new Period(first, limit.period().first().minusDays(1), asked.zone());
        return spend.of(caller, asked.subject().scope(), before).map(limit.carriedOver()::of);
    }

    private Uni<Made> keep(Caller caller, Asked asked, Forecast forecast) {
        // Names of persons stay out of the log.
        var event = new ForecastMade(asked.subject().scope(), forecast.about(Map.of()));
        var stored = types.encode(
                forecast.forecastId(), forecast.generatedAt(), event, Map.of("actor", caller.id()), Set.of());
        return log.append(caller.oneOrganization(), List.of(stored))
                .map(appended -> new Made(forecast.of(caller.oneOrganization()), appended.position()));
    }
}
