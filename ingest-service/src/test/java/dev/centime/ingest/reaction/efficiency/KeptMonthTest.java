package dev.centime.ingest.reaction.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import dev.centime.kit.Period;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Calls that have expired are not looked for. */
class KeptMonthTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");
    private static final Period NOVEMBER = new Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30), ZONE);

    /** The 22nd there. */
    private static final Instant NOW = Instant.parse("2026-11-21T20:00:00Z");

    @Test
    void aMonth_isLookedAtWhole_whenItsCallsAreKept() {
        assertThat(CheckEfficiency.kept(NOVEMBER, keeping(365), NOW)).contains(NOVEMBER);
        assertThat(CheckEfficiency.kept(NOVEMBER, keeping(21), NOW)).contains(NOVEMBER);
    }

    @Test
    void ofAMonth_whatIsKeptIsLookedAt() {
        assertThat(CheckEfficiency.kept(NOVEMBER, keeping(7), NOW))
                .contains(new Period(LocalDate.of(2026, 11, 15), LocalDate.of(2026, 11, 30), ZONE));
    }

    @Test
    void aMonthOfWhichNothingIsKept_isNotLookedAt() {
        var october = new Period(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31), ZONE);
        assertThat(CheckEfficiency.kept(october, keeping(7), NOW)).isEmpty();
    }

    private static Organization keeping(int days) {
        return new Organization("o", "o", ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, days);
    }
}
