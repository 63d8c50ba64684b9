package dev.centime.budget;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.BudgetDefinition.Contacts;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.WhenStale;
import dev.centime.contracts.BudgetDefinition.Window;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** A budget for tests, said in what differs from a monthly one of 100 dollars over everything, in UTC. */
public record Given(
        String limit,
        Type type,
        LocalDate start,
        LocalDate end,
        Calendar calendar,
        Scope scope,
        List<Threshold> thresholds,
        Window window,
        boolean renews,
        boolean alertEnabled,
        boolean active) {

    public static final Calendar UTC = new Calendar(ZoneId.of("UTC"), DayOfWeek.MONDAY, MonthDay.of(1, 1));

    public static Given budget(Type type) {
        return new Given(
                "100",
                type,
                LocalDate.of(2026, 1, 1),
                null,
                UTC,
                Scope.ORGANIZATION,
                List.of(warnAt("80"), warnAt("95"), warnAt("100")),
                Window.CALENDAR,
                type != Type.CUSTOM,
                true,
                true);
    }

    public static Threshold warnAt(String percent) {
        return new Threshold(new BigDecimal(percent), Action.WARN, List.of(Channel.CONSOLE));
    }

    public Given of(String otherLimit) {
        return new Given(
                otherLimit, type, start, end, calendar, scope, thresholds, window, renews, alertEnabled, active);
    }

    public Given from(String startDate) {
        return new Given(
                limit,
                type,
                LocalDate.parse(startDate),
                end,
                calendar,
                scope,
                thresholds,
                window,
                renews,
                alertEnabled,
                active);
    }

    public Given to(String endDate) {
        return new Given(
                limit,
                type,
                start,
                LocalDate.parse(endDate),
                calendar,
                scope,
                thresholds,
                window,
                renews,
                alertEnabled,
                active);
    }

    public Given in(Calendar otherCalendar) {
        return new Given(
                limit, type, start, end, otherCalendar, scope, thresholds, window, renews, alertEnabled, active);
    }

    public Given in(String zone) {
        return in(new Calendar(ZoneId.of(zone), DayOfWeek.MONDAY, MonthDay.of(1, 1)));
    }

    public Given over(Map<String, List<String>> filters) {
        return new Given(
                limit,
                type,
                start,
                end,
                calendar,
                new Scope(filters),
                thresholds,
                window,
                renews,
                alertEnabled,
                active);
    }

    public Given at(Threshold... others) {
        return new Given(
                limit, type, start, end, calendar, scope, List.of(others), window, renews, alertEnabled, active);
    }

    public Given rolling() {
        return new Given(
                limit, type, start, end, calendar, scope, thresholds, Window.ROLLING, renews, alertEnabled, active);
    }

    public Given renewing(boolean renewing) {
        return new Given(limit, type, start, end, calendar, scope, thresholds, window, renewing, alertEnabled, active);
    }

    public Given quiet() {
        return new Given(limit, type, start, end, calendar, scope, thresholds, window, renews, false, active);
    }

    public BudgetDefinition named(String name) {
        return definition(name, Rollover.NONE, null, null);
    }

    /** A definition that carries over what is left, up to a cap. */
    public BudgetDefinition carrying(String cap) {
        return definition("n", Rollover.REMAINING, Money.of(cap), null);
    }

    /** A definition that says what holds while nobody knows what was spent. */
    public BudgetDefinition whenStale(WhenStale whenStale) {
        return definition("n", Rollover.NONE, null, whenStale);
    }

    private BudgetDefinition definition(String name, Rollover rollover, Money rolloverCap, WhenStale whenStale) {
        return new BudgetDefinition(
                name,
                null,
                Money.of(limit),
                type,
                start,
                end,
                calendar,
                scope,
                thresholds,
                window,
                rollover,
                rolloverCap,
                renews,
                alertEnabled,
                Contacts.NONE,
                60,
                active,
                whenStale);
    }

    /** What most calls in these tests are charged to. */
    public static Attribution user(String subject) {
        return new Attribution(subject, "chat", null, null, null, null, Map.of());
    }
}
