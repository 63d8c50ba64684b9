package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition.Calendar;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;

/** Where an organization's weeks, months, fiscal quarters and fiscal years begin. Days of the calendar, no instants. */
record CalendarCut(Calendar calendar) {
    private static final int QUARTER_MONTHS = 3;

    LocalDate weekOf(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(calendar.weekStartsOn()));
    }

    LocalDate monthOf(LocalDate day) {
        return day.withDayOfMonth(1);
    }

    LocalDate yearOf(LocalDate day) {
        var start = calendar.fiscalYearStart().atYear(day.getYear());
        return start.isAfter(day) ? calendar.fiscalYearStart().atYear(day.getYear() - 1) : start;
    }

    LocalDate yearAfter(LocalDate yearStart) {
        return calendar.fiscalYearStart().atYear(yearStart.getYear() + 1);
    }

    LocalDate quarterOf(LocalDate day) {
        var quarter = yearOf(day);
        for (var next = quarterAfter(quarter); !next.isAfter(day); next = quarterAfter(quarter)) {
            quarter = next;
        }
        return quarter;
    }

    /** Counted from the year's start, so that a year that begins on the 31st does not creep to the 28th. */
    LocalDate quarterAfter(LocalDate quarterStart) {
        var year = yearOf(quarterStart);
        for (int quarter = 1; quarter < 4; quarter++) {
            var next = year.plusMonths((long) quarter * QUARTER_MONTHS);
            if (next.isAfter(quarterStart)) {
                return next;
            }
        }
        return yearAfter(year);
    }
}
