package dev.centime.forecast.budget;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Organization;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The days that a budget's limit is for, as far as a forecast goes. budget-service, which decides by them, cuts periods to the quarter
 * of an hour; a forecast knows days.
 *
 * @param first may be before today
 * @param last today or later
 */
public record BudgetPeriod(LocalDate first, LocalDate last) {
    /**
     * The period that runs today, cut where the forecast ends.
     *
     * @param horizon last day of the forecast
     * @return empty for a budget that has not begun, has ended, or is for single sessions
     */
    public static Optional<BudgetPeriod> of(BudgetDefinition budget, LocalDate today, LocalDate horizon) {
        if (budget.budgetType() == BudgetDefinition.Type.SESSION) {
            return Optional.empty();
        }
        var period = budget.window() == BudgetDefinition.Window.ROLLING
                ? rolling(length(budget), today, horizon)
                : running(budget, today);
        return period.first.isAfter(today) || period.last.isBefore(today)
                ? Optional.empty()
                : Optional.of(new BudgetPeriod(period.first, period.last.isBefore(horizon) ? period.last : horizon));
    }

    /** The periods of a budget that renews on a calendar which began before a day, in order, from that of its start date on. */
    static List<BudgetPeriod> before(LocalDate day, BudgetDefinition budget) {
        var earlier = new ArrayList<BudgetPeriod>();
        if (budget.renews()
                && budget.window() == BudgetDefinition.Window.CALENDAR
                && budget.budgetType() != BudgetDefinition.Type.SESSION) {
            var period = running(budget, budget.startDate());
            while (period.first.isBefore(day)) {
                earlier.add(period);
                period = running(budget, period.last.plusDays(1));
            }
        }
        return earlier;
    }

    /** The window that ends with the forecast, or the last one that still holds today: what lies before it no longer counts. */
    private static BudgetPeriod rolling(Period length, LocalDate today, LocalDate horizon) {
        var withToday = today.plus(length).minusDays(1);
        var last = withToday.isBefore(horizon) ? withToday : horizon;
        var first = last.plusDays(1).minus(length);
        return new BudgetPeriod(first.isAfter(today) ? today : first, last);
    }

    private static Period length(BudgetDefinition budget) {
        return switch (budget.budgetType()) {
            case DAILY -> Period.ofDays(1);
            case WEEKLY -> Period.ofWeeks(1);
            case MONTHLY -> Period.ofMonths(1);
            case QUARTERLY -> Period.ofMonths(3);
            case ANNUAL -> Period.ofYears(1);
            case CUSTOM, SESSION -> throw new IllegalStateException("no rolling window has such a length");
        };
    }

    private static BudgetPeriod running(BudgetDefinition budget, LocalDate today) {
        // The first period holds the start date; one that does not renew is the only one.
        var day = budget.renews() && today.isAfter(budget.startDate()) ? today : budget.startDate();
        return switch (budget.budgetType()) {
            case DAILY -> new BudgetPeriod(day, day);
            case WEEKLY -> calendar(budget, "week", day);
            case MONTHLY -> calendar(budget, "month", day);
            case QUARTERLY -> calendar(budget, "quarter", day);
            case ANNUAL -> calendar(budget, "year", day);
            case CUSTOM, SESSION -> custom(budget.startDate(), budget.endDate(), day);
        };
    }

    private static BudgetPeriod calendar(BudgetDefinition budget, String unit, LocalDate day) {
        var calendar = budget.calendar();
        var cut = new Organization(
                "", "", calendar.timeZone(), calendar.weekStartsOn(), calendar.fiscalYearStart(), true, 0);
        var first = dev.centime.kit.Period.named(unit, day, cut).start();
        return new BudgetPeriod(first, first.plus(length(budget)).minusDays(1));
    }

    private static BudgetPeriod custom(LocalDate start, @Nullable LocalDate end, LocalDate day) {
        long days = end == null ? 1 : ChronoUnit.DAYS.between(start, end) + 1;
        var first = start.plusDays(Math.floorDiv(ChronoUnit.DAYS.between(start, day), days) * days);
        return new BudgetPeriod(first, first.plusDays(days - 1));
    }
}
