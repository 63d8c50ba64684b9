package dev.centime.forecast;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.forecast.event.Amount;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.event.ForecastMade;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/** Puts calls into the log, as ingest-service would. */
@Singleton
class Calls {
    static final Model GPT = new Model("openai", "gpt-4o", null, null);
    static final Model HAIKU = new Model("anthropic", "claude-haiku", null, null);

    private final EventLog log;
    private final EventTypes types;

    Calls(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    NewEvent call(Instant at, Model model, Attribution attribution, String dollars) {
        var id = UUID.randomUUID().toString();
        var usage = new UsageRecorded(
                id,
                at,
                model,
                attribution,
                Tokens.of(1000, 100),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(dollars)),
                new UsageRecorded.Provenance("json", null, null, null, List.of(), null, null, null, null, null),
                0);
        return event(id, at, usage);
    }

    NewEvent repriced(Instant at, Model model, Attribution attribution, String before, String after) {
        var id = UUID.randomUUID().toString();
        var correction = new UsageRepriced(
                id,
                "json",
                at,
                model,
                attribution,
                Tokens.of(1000, 100),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of(before)),
                Cost.reported(Money.of(after)),
                "a wrong price",
                null,
                0,
                null,
                null);
        return event(id, at, correction);
    }

    NewEvent corrected(Instant at, Model model, Attribution attribution, String before, String after) {
        var id = UUID.randomUUID().toString();
        var correction = new UsageCorrected(
                id,
                "json",
                at,
                model,
                attribution,
                UsageRecorded.Quantity.ONE_CALL,
                new UsageCorrected.Counted(Tokens.of(1000, 1), Map.of(), Cost.reported(Money.of(before)), null, null),
                new UsageCorrected.Counted(
                        Tokens.of(1000, 100), Map.of(), Cost.reported(Money.of(after)), 3L, Money.of(after)),
                "it grew",
                0,
                null,
                null);
        return event(id, at, correction);
    }

    /** A budget for the month, from January on. */
    NewEvent budget(String id, String limit, Map<String, List<String>> scope) {
        return budget(id, limit, scope, BudgetDefinition.Rollover.NONE);
    }

    /** The same, which may carry over what is left, eighty dollars at most. */
    NewEvent budget(String id, String limit, Map<String, List<String>> scope, BudgetDefinition.Rollover rollover) {
        var definition = new BudgetDefinition(
                "A budget",
                null,
                Money.of(limit),
                BudgetDefinition.Type.MONTHLY,
                LocalDate.parse("2026-01-01"),
                null,
                new BudgetDefinition.Calendar(ZoneId.of("Asia/Kolkata"), DayOfWeek.MONDAY, MonthDay.of(1, 1)),
                new Scope(scope),
                List.of(),
                BudgetDefinition.Window.CALENDAR,
                rollover,
                rollover == BudgetDefinition.Rollover.NONE ? null : Money.of("80"),
                true,
                true,
                BudgetDefinition.Contacts.NONE,
                60,
                true,
                null);
        var set = new BudgetSet(id, 1, definition, "key-1", "key-1", Instant.parse("2026-01-01T00:00:00Z"));
        return event(id + "/1", set.createdAt(), set);
    }

    /** A forecast of the organization that was made once, give or take two dollars. */
    NewEvent forecast(Instant at, LocalDate first, List<String> expected) {
        var id = UUID.randomUUID().toString();
        var points = IntStream.range(0, expected.size())
                .mapToObj(day -> {
                    var amount = Money.of(expected.get(day));
                    var dollar = Money.of("2");
                    return new Forecast.Point(first.plusDays(day), amount.minus(dollar), amount, amount.plus(dollar));
                })
                .toList();
        var total = new Amount(Money.ZERO, Money.of("1"), Money.of("2"));
        var forecast = new Forecast(
                id,
                null,
                at,
                ZoneId.of("Asia/Kolkata"),
                Map.of(),
                expected.size(),
                "mean",
                0.95,
                null,
                10,
                "stable",
                0,
                false,
                points,
                new Forecast.Totals(total, total, total, total),
                null);
        return event(id, at, new ForecastMade(Scope.ORGANIZATION, forecast));
    }

    NewEvent event(String id, Instant at, Object payload) {
        return types.encode(id, at, payload, Map.of(), Set.of());
    }

    Position append(String organization, List<NewEvent> events) {
        return log.append(organization, events).await().indefinitely().position();
    }

    static Attribution of(String subject) {
        return new Attribution(subject, null, null, null, null, null, Map.of());
    }
}
