package dev.centime.kit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodTest {
    /** A Sunday. */
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private static Organization organization(String zone, DayOfWeek week, MonthDay year) {
        return new Organization("a", "A", ZoneId.of(zone), week, year, true, 365);
    }

    @ParameterizedTest
    @CsvSource({
        "today, 2026-11-22, 2026-11-22",
        "yesterday, 2026-11-21, 2026-11-21",
        "week, 2026-11-16, 2026-11-22",
        "month, 2026-11-01, 2026-11-22",
        "quarter, 2026-10-01, 2026-11-22",
        "year, 2026-01-01, 2026-11-22",
        "last_week, 2026-11-09, 2026-11-15",
        "last_month, 2026-10-01, 2026-10-31",
        "last_quarter, 2026-07-01, 2026-09-30",
        "last_year, 2025-01-01, 2025-12-31",
    })
    void isKnownByName(String name, LocalDate start, LocalDate end) {
        var period = Period.named(name, TODAY, organization("UTC", DayOfWeek.MONDAY, MonthDay.of(1, 1)));
        assertThat(period.start()).isEqualTo(start);
        assertThat(period.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({
        "week, 2026-11-22, 2026-11-22",
        "last_week, 2026-11-15, 2026-11-21",
        "quarter, 2026-10-06, 2026-11-22",
        "last_quarter, 2026-07-06, 2026-10-05",
        "year, 2026-04-06, 2026-11-22",
        "last_year, 2025-04-06, 2026-04-05",
    })
    void followsTheOrganizationsOwnCalendar(String name, LocalDate start, LocalDate end) {
        var period = Period.named(name, TODAY, organization("UTC", DayOfWeek.SUNDAY, MonthDay.of(4, 6)));
        assertThat(period.start()).isEqualTo(start);
        assertThat(period.end()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"2027-04-29, 2027-01-31", "2027-04-30, 2027-04-30", "2027-05-01, 2027-04-30", "2027-10-31, 2027-10-31"})
    void aQuarterBeginsOnTheLastDayOfAMonth_thatHasNoSuchDay(LocalDate day, LocalDate first) {
        var period = Period.named("quarter", day, organization("UTC", DayOfWeek.MONDAY, MonthDay.of(1, 31)));
        assertThat(period.start()).isEqualTo(first);
    }

    @Test
    void coversDaysOfItsZone_alsoWhenTheClocksChange() {
        var berlin = ZoneId.of("Europe/Berlin");
        var longDay = new Period(LocalDate.of(2026, 10, 25), LocalDate.of(2026, 10, 25), berlin);
        assertThat(longDay.from()).isEqualTo(Instant.parse("2026-10-24T22:00:00Z"));
        assertThat(longDay.until()).isEqualTo(Instant.parse("2026-10-25T23:00:00Z"));
        var kolkata = new Period(TODAY, TODAY, ZoneId.of("Asia/Kolkata"));
        assertThat(kolkata.from()).isEqualTo(Instant.parse("2026-11-21T18:30:00Z"));
        // Midnight of that day did not exist in Beirut.
        var beirut = ZoneId.of("Asia/Beirut");
        var skipped = LocalDate.of(2024, 3, 31);
        assertThat(new Period(skipped, skipped, beirut).from()).isEqualTo(Instant.parse("2024-03-30T22:00:00Z"));
    }

    @Test
    void isComparedWithAsManyDaysBefore() {
        var week = Period.lastDays(7, TODAY, ZoneId.of("UTC"));
        assertThat(week.days()).isEqualTo(7);
        assertThat(week.previous()).isEqualTo(Period.lastDays(7, LocalDate.of(2026, 11, 15), ZoneId.of("UTC")));
    }
}
