package dev.centime.ingest.exports.scheduled;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.Organization;
import dev.centime.kit.Period;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How often an export is taken, and of what: of the whole day, week or month before. */
enum Frequency {
    DAILY("yesterday"),
    WEEKLY("last_week"),
    MONTHLY("last_month");

    private final String period;

    Frequency(String period) {
        this.period = period;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none */
    @JsonCreator
    static Frequency of(String text) {
        return Arrays.stream(values())
                .filter(frequency -> frequency.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of "
                        + Arrays.stream(values()).map(Frequency::text).collect(Collectors.joining(", "))));
    }

    /** The days that an export which falls due at an instant is of. */
    Period of(Instant due, Organization organization) {
        return Period.named(period, due.atZone(organization.timeZone()).toLocalDate(), organization);
    }

    /** The first time after an instant. On a day whose clocks skip the time of day, when they have skipped it. */
    Instant next(Instant after, LocalTime at, Organization organization) {
        var zone = organization.timeZone();
        var day = first(after.atZone(zone).toLocalDate(), organization);
        while (true) {
            var due = day.atTime(at).atZone(zone).toInstant();
            if (due.isAfter(after)) {
                return due;
            }
            day = first(day.plusDays(1), organization);
        }
    }

    /** The first day on which it can fall due, not before a day. */
    private LocalDate first(LocalDate day, Organization organization) {
        return switch (this) {
            case DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.nextOrSame(organization.weekStartsOn()));
            case MONTHLY -> day.getDayOfMonth() == 1 ? day : day.with(TemporalAdjusters.firstDayOfNextMonth());
        };
    }
}
