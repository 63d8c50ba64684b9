package dev.centime.budget.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When reports are due, by calendars of all kinds. */
class ReportTimesTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, MONDAY, 2026-11-22T10:00:00Z, 2026-11-23T07:00:00Z, 2026-11-16",
        // At the very moment the next one is a week away.
        "UTC, MONDAY, 2026-11-23T07:00:00Z, 2026-11-30T07:00:00Z, 2026-11-23",
        "UTC, MONDAY, 2026-11-23T06:59:59Z, 2026-11-23T07:00:00Z, 2026-11-16",
        "Asia/Kathmandu, SUNDAY, 2026-11-22T01:15:01Z, 2026-11-29T01:15:00Z, 2026-11-22",
        // Clocks go back on the Sunday before.
        "America/New_York, MONDAY, 2026-10-30T12:00:00Z, 2026-11-02T12:00:00Z, 2026-10-26",
        "America/New_York, MONDAY, 2026-10-23T12:00:00Z, 2026-10-26T11:00:00Z, 2026-10-19",
        "Pacific/Kiritimati, SATURDAY, 2026-01-01T00:00:00Z, 2026-01-02T17:00:00Z, 2025-12-27"
    })
    void isDueOnTheFirstMorningOfTheNextWeek(ZoneId zone, DayOfWeek first, Instant after, Instant due, LocalDate week) {
        var organization = new Organization("o", "O", zone, first, MonthDay.of(1, 1), true, 365);
        assertThat(ReportTimes.next(after, organization)).isEqualTo(due);
        assertThat(ReportTimes.week(due, organization).start()).isEqualTo(week);
        assertThat(ReportTimes.week(due, organization).days()).isEqualTo(7);
    }
}
