package dev.centime.ingest.exports.scheduled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When exports are due, in any zone. */
class FrequencyTest {
    @ParameterizedTest
    @CsvSource({
        "DAILY,   UTC,              2026-11-22T01:59:59Z, 2026-11-22T02:00:00Z, 2026-11-21, 2026-11-21",
        "DAILY,   UTC,              2026-11-22T02:00:00Z, 2026-11-23T02:00:00Z, 2026-11-22, 2026-11-22",
        "DAILY,   Asia/Kolkata,     2026-11-21T20:29:00Z, 2026-11-21T20:30:00Z, 2026-11-21, 2026-11-21",
        "WEEKLY,  UTC,              2026-11-22T10:00:00Z, 2026-11-25T02:00:00Z, 2026-11-18, 2026-11-24",
        "WEEKLY,  UTC,              2026-11-25T02:00:00Z, 2026-12-02T02:00:00Z, 2026-11-25, 2026-12-01",
        "MONTHLY, UTC,              2026-11-22T10:00:00Z, 2026-12-01T02:00:00Z, 2026-11-01, 2026-11-30",
        "MONTHLY, UTC,              2026-12-01T01:00:00Z, 2026-12-01T02:00:00Z, 2026-11-01, 2026-11-30",
        "MONTHLY, America/New_York, 2026-12-31T23:00:00Z, 2027-01-01T07:00:00Z, 2026-12-01, 2026-12-31",
        // The clocks go from two to three: what is due at two is due at three that day, and at two the next.
        "DAILY,   Europe/Berlin,    2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z, 2026-03-28, 2026-03-28",
        "DAILY,   Europe/Berlin,    2026-03-29T01:00:00Z, 2026-03-30T00:00:00Z, 2026-03-29, 2026-03-29"
    })
    void theNextTime_andWhatItIsOf(
            Frequency frequency, ZoneId zone, Instant after, Instant due, String firstDay, String lastDay) {
        var organization = new Organization("o", "o", zone, DayOfWeek.WEDNESDAY, MonthDay.of(1, 1), true, 365);

        var next = frequency.next(after, LocalTime.of(2, 0), organization);

        assertThat(next).isEqualTo(due);
        var period = frequency.of(next, organization);
        assertThat(period.start()).hasToString(firstDay);
        assertThat(period.end()).hasToString(lastDay);
    }

    @Test
    void everyDayOfAYear_isExportedOnce_whateverTheClocksDo() {
        var organization =
                new Organization("o", "o", ZoneId.of("America/Havana"), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 365);
        var due = Instant.parse("2026-01-01T12:00:00Z");
        var expected = java.time.LocalDate.of(2026, 1, 1);
        for (int i = 0; i < 365; i++) {
            due = Frequency.DAILY.next(due, LocalTime.of(0, 30), organization);
            assertThat(Frequency.DAILY.of(due, organization).start()).isEqualTo(expected);
            expected = expected.plusDays(1);
        }
    }
}
