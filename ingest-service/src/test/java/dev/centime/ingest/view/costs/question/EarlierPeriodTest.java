package dev.centime.ingest.view.costs.question;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import dev.centime.kit.Period;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Like with like, by the calendar and the clock on the wall. */
class EarlierPeriodTest {
    private static final Instant FIRST = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("2028-03-02T00:00:00Z");

    /** The last quarter hour that is over, and the same time in the period before. */
    @ParameterizedTest
    @CsvSource({
        // A usual day, week, month, quarter and year.
        "UTC, today, 2026-11-22T12:26:59, 2026-11-22T12:15, 2026-11-21T12:15",
        "UTC, week, 2026-11-18T12:26, 2026-11-18T12:15, 2026-11-11T12:15",
        "UTC, month, 2026-11-22T12:26, 2026-11-22T12:15, 2026-10-22T12:15",
        "UTC, quarter, 2026-11-22T12:26, 2026-11-22T12:15, 2026-08-22T12:15",
        "UTC, year, 2026-11-22T12:26, 2026-11-22T12:15, 2025-11-22T12:15",
        // The first minutes: nothing is over yet.
        "UTC, today, 2026-11-22T00:14:59, 2026-11-22T00:00, 2026-11-21T00:00",
        // A month that is too short for the day is compared whole, and so is a year without the day.
        "UTC, month, 2026-03-30T08:00, 2026-03-30T08:00, 2026-03-01T00:00",
        "UTC, month, 2026-03-28T08:00, 2026-03-28T08:00, 2026-02-28T08:00",
        "UTC, quarter, 2026-05-31T08:00, 2026-05-31T08:00, 2026-03-01T00:00",
        "UTC, year, 2028-02-29T08:00, 2028-02-29T08:00, 2027-03-01T00:00",
        // The day after the clocks went forward, at the time that was skipped, and before and after it.
        "Europe/Berlin, today, 2026-03-30T02:30, 2026-03-30T02:30, 2026-03-29T03:00",
        "Europe/Berlin, today, 2026-03-30T01:45, 2026-03-30T01:45, 2026-03-29T01:45",
        "Europe/Berlin, today, 2026-03-30T03:15, 2026-03-30T03:15, 2026-03-29T03:15",
        // The day itself: its noon is eleven hours in.
        "Europe/Berlin, today, 2026-03-29T12:00, 2026-03-29T12:00, 2026-03-28T12:00",
        // Half an hour is taken.
        "Australia/Lord_Howe, today, 2025-10-06T02:15, 2025-10-06T02:15, 2025-10-05T02:30",
        // Clocks change at midnight.
        "America/Santiago, today, 2025-09-08T00:30, 2025-09-08T00:30, 2025-09-07T01:00",
        "Asia/Kolkata, today, 2026-11-22T00:50, 2026-11-22T00:45, 2026-11-21T00:45",
    })
    void thatIsOver(String zone, String name, LocalDateTime now, LocalDateTime laterUntil, LocalDateTime until) {
        var organization = organization(zone, DayOfWeek.MONDAY, MonthDay.of(1, 1));
        var found = earlier(organization, name, at(now, zone));

        assertThat(found.laterUntil()).isEqualTo(at(laterUntil, zone));
        assertThat(found.until()).isEqualTo(at(until, zone));
    }

    @Test
    void theHourThatComesTwice_isOverWhenItComesAgain() {
        var organization = organization("Europe/Berlin", DayOfWeek.MONDAY, MonthDay.of(1, 1));
        var first = earlier(organization, "today", Instant.parse("2026-10-25T00:30:00Z"));
        var second = earlier(organization, "today", Instant.parse("2026-10-25T01:30:00Z"));

        assertThat(first.until()).isEqualTo(at(LocalDateTime.parse("2026-10-24T02:30"), "Europe/Berlin"));
        assertThat(second.until()).isEqualTo(at(LocalDateTime.parse("2026-10-24T03:00"), "Europe/Berlin"));
    }

    @Test
    void aPeriodThatIsOver_isComparedWhole() {
        var organization = organization("UTC", DayOfWeek.MONDAY, MonthDay.of(1, 1));
        var found = earlier(organization, "last_month", Instant.parse("2026-11-22T12:26:00Z"));

        assertThat(found.period().start()).isEqualTo(LocalDate.of(2026, 9, 1));
        assertThat(found.until()).isEqualTo("2026-10-01T00:00:00Z");
        assertThat(found.laterUntil()).isEqualTo("2026-11-01T00:00:00Z");
    }

    @Test
    void aPeriodByItsDays_isSetBesideAsMany_itsLastDayToTheSameTime() {
        var organization = organization("UTC", DayOfWeek.MONDAY, MonthDay.of(1, 1));
        var week = Period.lastDays(7, LocalDate.of(2026, 11, 22), ZoneId.of("UTC"));
        var found = EarlierPeriod.of(week, null, organization, Instant.parse("2026-11-22T12:26:00Z"));

        assertThat(found.period()).isEqualTo(week.previous());
        assertThat(found.until()).isEqualTo("2026-11-15T12:15:00Z");
        var ahead = new Period(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 26), ZoneId.of("UTC"));
        var nothing = EarlierPeriod.of(ahead, null, organization, Instant.parse("2026-11-22T12:26:00Z"));
        assertThat(nothing.until()).isEqualTo(nothing.period().from());
        assertThat(nothing.laterUntil()).isEqualTo(ahead.from());
    }

    /** Through more than a year, every quarter hour: within the period before, and never back. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago"})
    void neverGoesBack(String zone) {
        var organization = organization(zone, DayOfWeek.SUNDAY, MonthDay.of(1, 31));
        var wrong = new ArrayList<String>();
        for (var name : List.of("today", "week", "month", "quarter", "year")) {
            @Nullable EarlierPeriod last = null;
            for (var now = FIRST; now.isBefore(LAST); now = now.plus(Duration.ofMinutes(15))) {
                var found = earlier(organization, name, now);
                var period = found.period();
                var outside =
                        found.until().isBefore(period.from()) || found.until().isAfter(period.until());
                var back = last != null
                        && last.period().equals(period)
                        && found.until().isBefore(last.until());
                if (outside || back) {
                    wrong.add(name + " at " + now + ": " + found.until());
                }
                last = found;
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static EarlierPeriod earlier(Organization organization, String name, Instant now) {
        var today = now.atZone(organization.timeZone()).toLocalDate();
        return EarlierPeriod.of(Period.named(name, today, organization), name, organization, now);
    }

    private static Instant at(LocalDateTime local, String zone) {
        return local.atZone(ZoneId.of(zone)).toInstant();
    }

    private static Organization organization(String zone, DayOfWeek weekStartsOn, MonthDay fiscalYearStart) {
        return new Organization("o", "O", ZoneId.of(zone), weekStartsOn, fiscalYearStart, true, 365);
    }
}
