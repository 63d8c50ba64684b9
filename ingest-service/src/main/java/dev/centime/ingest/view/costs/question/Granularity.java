package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How finely time is cut, in the organization's zone. */
public enum Granularity {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    public static final List<String> NAMES = List.of("hour", "day", "week", "month");

    /** Hours are many: three months of them fill a chart many times over. */
    private static final int MAX_DAYS_BY_HOUR = 93;

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final DateTimeFormatter HOUR_LABEL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH':00'", Locale.ROOT);
    private static final DateTimeFormatter MONTH_LABEL = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
    private static final int DAYS_OF_A_YEARS_FIRST_WEEK = 4;

    /**
     * A stretch of time with its name. Two may have one name: the hour that comes twice when clocks go back.
     *
     * @param start its first instant
     */
    public record Slice(String label, Instant start) {}

    /** Empty when it is none of {@link #NAMES}. */
    public static Optional<Granularity> named(String name) {
        return NAMES.contains(name) ? Optional.of(valueOf(name.toUpperCase(Locale.ROOT))) : Optional.empty();
    }

    /**
     * A period cut up: ascending, without gaps, the first from the period's first instant.
     *
     * @throws Problem 400 when it would be too many
     */
    public List<Slice> of(Period period, Organization organization) {
        return this == HOUR ? hours(period) : days(period, organization);
    }

    private List<Slice> days(Period period, Organization organization) {
        var slices = new ArrayList<Slice>();
        for (var day = period.start(); !day.isAfter(period.end()); day = next(day, organization)) {
            slices.add(new Slice(
                    label(day, organization), day.atStartOfDay(period.zone()).toInstant()));
        }
        return slices;
    }

    private LocalDate next(LocalDate day, Organization organization) {
        return switch (this) {
            case HOUR, DAY -> day.plusDays(1);
            case WEEK -> day.with(TemporalAdjusters.next(organization.weekStartsOn()));
            case MONTH -> day.with(TemporalAdjusters.firstDayOfNextMonth());
        };
    }

    private String label(LocalDate day, Organization organization) {
        return switch (this) {
            case HOUR, DAY -> day.toString();
            case WEEK -> week(day, organization);
            case MONTH -> MONTH_LABEL.format(day);
        };
    }

    /** As ISO 8601 counts weeks, but from the organization's first day of the week. */
    private static String week(LocalDate day, Organization organization) {
        var fields = WeekFields.of(organization.weekStartsOn(), DAYS_OF_A_YEARS_FIRST_WEEK);
        return "%d-W%02d".formatted(day.get(fields.weekBasedYear()), day.get(fields.weekOfWeekBasedYear()));
    }

    /** By the clock on the wall: where it jumps, an hour is shorter, missing or there twice. */
    private static List<Slice> hours(Period period) {
        if (period.days() > MAX_DAYS_BY_HOUR) {
            throw Problem.badRequest(
                    "start_date", "must be at most " + MAX_DAYS_BY_HOUR + " days before end_date for hours");
        }
        var slices = new ArrayList<Slice>();
        for (var at = period.from(); at.isBefore(period.until()); at = at.plus(QUARTER)) {
            var local = ZonedDateTime.ofInstant(at, period.zone()).truncatedTo(ChronoUnit.HOURS);
            var label = HOUR_LABEL.format(local);
            if (slices.isEmpty()
                    || !slices.getLast().label().equals(label)
                    || Duration.between(slices.getLast().start(), at).compareTo(Duration.ofHours(1)) >= 0) {
                slices.add(new Slice(label, at));
            }
        }
        return slices;
    }
}
