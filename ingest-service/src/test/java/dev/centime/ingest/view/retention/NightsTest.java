package dev.centime.ingest.view.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NightsTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, 2026-11-22T03:59:59Z, 2026-11-22T04:00:00Z",
        "UTC, 2026-11-22T04:00:00Z, 2026-11-23T04:00:00Z",
        "Asia/Kolkata, 2026-11-22T12:00:00Z, 2026-11-22T22:30:00Z",
        "America/New_York, 2026-11-22T12:00:00Z, 2026-11-23T09:00:00Z",
        // Clocks went forward from three to four, and back from three to two.
        "Europe/Helsinki, 2026-03-28T12:00:00Z, 2026-03-29T01:00:00Z",
        "Europe/Helsinki, 2026-10-24T12:00:00Z, 2026-10-25T02:00:00Z"
    })
    void theNextNight_isAtFour(String zone, Instant after, Instant expected) {
        assertThat(Nights.next(after, organization(zone, 365))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, 365, 2026-11-22T04:00:00Z, 2025-11-22T00:00:00Z",
        "UTC, 1, 2026-11-22T04:00:00Z, 2026-11-21T00:00:00Z",
        // The local midnight lies within a day of UTC, which is kept whole.
        "Asia/Kathmandu, 30, 2026-11-21T22:15:00Z, 2026-10-22T00:00:00Z",
        "America/New_York, 30, 2026-11-22T09:00:00Z, 2026-10-23T00:00:00Z"
    })
    void noDayIsMissing_ofThoseThatArePromised(String zone, int days, Instant night, Instant expected) {
        var organization = organization(zone, days);
        var kept = Nights.keptFrom(night, organization);
        assertThat(kept).isEqualTo(expected);
        var firstPromised = Nights.today(night, organization).minusDays(days).atStartOfDay(ZoneId.of(zone));
        assertThat(kept).isBeforeOrEqualTo(firstPromised.toInstant());
    }

    private static Organization organization(String zone, int days) {
        return new Organization("o", "o", ZoneId.of(zone), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, days);
    }
}
