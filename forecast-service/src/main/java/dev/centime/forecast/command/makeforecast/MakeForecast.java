package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import dev.centime.forecast.method.Forecaster;
import dev.centime.forecast.spend.DailySpend;
import dev.centime.kit.Caller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes a forecast and keeps it in the log. */
@ApplicationScoped
class MakeForecast {
    private final Organizations organizations;
    private final Filters filters;
    private final DailySpend spend;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    MakeForecast(
            Organizations organizations,
            Filters filters,
            DailySpend spend,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.organizations = organizations;
        this.filters = filters;
        this.spend = spend;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** @param position where the log holds it */
    record Made(Forecast forecast, Position position) {}

    Uni<Made> make(Caller caller, ForecastRequest request, String forecastId) {
        var organization = organizations.of(caller);
        return asked(caller, request, forecastId, organization)
                .chain(asked -> forecast(caller, asked).chain(forecast -> keep(caller, asked.scope(), forecast)));
    }

    private Uni<Asked> asked(Caller caller, ForecastRequest request, String forecastId, Organization organization) {
        var now = clock.instant();
        var zone = organization.timeZone();
        var today = now.atZone(zone).toLocalDate();
        var limit = request.budget() == null
                ? null
                : Limit.ofMonth(request.budget(), today, zone, today.plusDays(request.days()));
        return filters.within(request.filters(), caller)
                .map(scope -> new Asked(
                        forecastId,
                        now,
                        zone,
                        scope,
                        names(caller, request.filters()),
                        request.days(),
                        request.share(),
                        limit));
    }

    /** What was asked for, with the caller's own name where it is about nobody else. */
    private static Map<String, List<String>> names(Caller caller, Map<String, List<String>> asked) {
        var names = new TreeMap<>(asked);
        if (caller.ownOnly() && caller.user() != null) {
            names.put("user", List.of(caller.user()));
        }
        return names;
    }

    private Uni<Forecast> forecast(Caller caller, Asked asked) {
        var period = Period.lastDays(Forecaster.MOST_HISTORY_DAYS + 1, asked.today(), asked.zone());
        return Uni.combine()
                .all()
                .unis(spend.of(caller, asked.scope(), period), spent(caller, asked, period))
                .asTuple()
                // Some milliseconds of arithmetic: too long for an event loop.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> Expectation.of(asked, found.getItem1(), found.getItem2()));
    }

    private Uni<Money> spent(Caller caller, Asked asked, Period history) {
        return asked.limit() == null
                ? Uni.createFrom().item(Money.ZERO)
                : spend.between(caller, asked.scope(), asked.limit().from(), history.until());
    }

    private Uni<Made> keep(Caller caller, Scope scope, Forecast forecast) {
        // Names of persons stay out of the log.
        var event = new ForecastMade(scope, forecast.about(Map.of()));
        var stored = types.encode(
                forecast.forecastId(), forecast.generatedAt(), event, Map.of("actor", caller.id()), Set.of());
        return log.append(caller.oneOrganization(), List.of(stored))
                .map(appended -> new Made(forecast, appended.position()));
    }
}
