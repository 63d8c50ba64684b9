package dev.centime.kit;

import dev.centime.contracts.Organization;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Some days of an organization.
 *
 * @param start first day
 * @param end last day, included
 * @param zone in which the days are counted
 */
public record Period(LocalDate start, LocalDate end, ZoneId zone) {
    /** What a query may say of a period. */
    public static final Set<String> PARAMETERS = Set.of("start_date", "end_date", "days", "period");

    /** The days of a period that nobody named. */
    public static final int DEFAULT_DAYS = 30;

    public static final int MAX_DAYS = 3660;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);

    /** Those of {@link #named}. */
    public static final List<String> NAMES = List.of(
            "today",
            "yesterday",
            "week",
            "month",
            "quarter",
            "year",
            "last_week",
            "last_month",
            "last_quarter",
            "last_year");

    /**
     * What a query asks for: {@code start_date} and {@code end_date}, or {@code days}, or {@code period}; the last 30 days
     * with today without any.
     *
     * @throws Problem 400 when they contradict each other or are out of bounds
     */
    public static Period of(Query query, Organization organization, Instant now) {
        var zone = organization.timeZone();
        var today = now.atZone(zone).toLocalDate();
        var start = query.date("start_date");
        var end = query.date("end_date");
        var days = query.text("days");
        var name = query.word("period", NAMES);
        var ways = (start.isPresent() || end.isPresent() ? 1 : 0) + (days.isPresent() ? 1 : 0) + (name != null ? 1 : 0);
        if (ways > 1) {
            throw Problem.badRequest(
                    name != null ? "period" : "days", "cannot be given beside another way to name the period");
        }
        if (name != null) {
            return named(name, today, organization);
        }
        if (start.isPresent() || end.isPresent()) {
            var last = end.orElse(today);
            return checked(start.orElse(last.minusDays(DEFAULT_DAYS - 1)), last, zone);
        }
        return lastDays(query.integer("days", DEFAULT_DAYS, 1, MAX_DAYS), today, zone);
    }

    /** @param days with the last one */
    public static Period lastDays(int days, LocalDate last, ZoneId zone) {
        return new Period(last.minusDays(days - 1L), last, zone);
    }

    /**
     * A period by its name: the current one from its first day to today, or the whole one before.
     *
     * @throws IllegalArgumentException for a name that is none
     */
    public static Period named(String name, LocalDate today, Organization organization) {
        var zone = organization.timeZone();
        return switch (name) {
            case "today" -> new Period(today, today, zone);
            case "yesterday" -> new Period(today.minusDays(1), today.minusDays(1), zone);
            default ->
                name.startsWith("last_")
                        ? before(name.substring("last_".length()), today, organization)
                        : new Period(first(name, today, organization), today, zone);
        };
    }

    private static Period before(String unit, LocalDate today, Organization organization) {
        var last = first(unit, today, organization).minusDays(1);
        return new Period(first(unit, last, organization), last, organization.timeZone());
    }

    /** The first day of the week, month, fiscal quarter or fiscal year that a day is in. */
    private static LocalDate first(String unit, LocalDate day, Organization organization) {
        return switch (unit) {
            case "week" -> day.with(TemporalAdjusters.previousOrSame(organization.weekStartsOn()));
            case "month" -> day.withDayOfMonth(1);
            case "quarter" -> {
                var year = firstOfYear(day, organization.fiscalYearStart());
                // Not by counting months: from 31 January on, 30 April is the first day of the second quarter.
                yield Stream.of(9, 6, 3)
                        .map(year::plusMonths)
                        .filter(first -> !first.isAfter(day))
                        .findFirst()
                        .orElse(year);
            }
            case "year" -> firstOfYear(day, organization.fiscalYearStart());
            default -> throw new IllegalArgumentException("no such period: " + unit);
        };
    }

    private static LocalDate firstOfYear(LocalDate day, MonthDay fiscalYearStart) {
        var first = fiscalYearStart.atYear(day.getYear());
        return first.isAfter(day) ? fiscalYearStart.atYear(day.getYear() - 1) : first;
    }

    private static Period checked(LocalDate start, LocalDate end, ZoneId zone) {
        if (end.isBefore(FIRST_DAY) || end.isAfter(LAST_DAY)) {
            throw Problem.badRequest("end_date", "must be from " + FIRST_DAY + " to " + LAST_DAY);
        }
        if (start.isBefore(FIRST_DAY)) {
            throw Problem.badRequest("start_date", "must not be before " + FIRST_DAY);
        }
        if (end.isBefore(start)) {
            throw Problem.badRequest("end_date", "must not be before start_date");
        }
        if (ChronoUnit.DAYS.between(start, end) >= MAX_DAYS) {
            throw Problem.badRequest("start_date", "must be at most " + MAX_DAYS + " days before end_date");
        }
        return new Period(start, end, zone);
    }

    /** How many days, at least one. */
    public long days() {
        return ChronoUnit.DAYS.between(start, end) + 1;
    }

    /** Midnight, or the first instant after it where the clocks skip midnight. */
    public Instant from() {
        return start.atStartOfDay(zone).toInstant();
    }

    /** The first instant after the period. */
    public Instant until() {
        return end.plusDays(1).atStartOfDay(zone).toInstant();
    }

    /** As many days, directly before. */
    public Period previous() {
        return lastDays(Math.toIntExact(days()), start.minusDays(1), zone);
    }
}
