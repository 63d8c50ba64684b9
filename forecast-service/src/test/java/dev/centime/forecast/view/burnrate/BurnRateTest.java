package dev.centime.forecast.view.burnrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import dev.centime.forecast.spend.SpendDays;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BurnRateTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void averagesWholeDays_andLeavesTodayOut() {
        var rate = BurnRate.of(days("2026-11-01", "2026-11-21", "7", "2026-11-22", "100"), NOON, ZoneOffset.UTC);

        assertThat(rate.today()).isEqualTo(Money.of("100"));
        assertThat(rate.dailyAverage()).isEqualTo(Money.of("7"));
        assertThat(rate.hourlyRate()).isEqualTo(Money.of("0.291667"));
        assertThat(rate.monthlyRate()).isEqualTo(Money.of("210"));
        assertThat(rate.previousDailyAverage()).isEqualTo(Money.of("7"));
        assertThat(rate.changePercent()).isZero();
        assertThat(rate.monthToDate()).isEqualTo(Money.of("247"));
        assertThat(rate.projectedMonthCost()).isEqualTo(Money.of("303"));
        assertThat(rate.daysUsed()).isEqualTo(7);
    }

    @Test
    void averagesOverTheDaysThereAre_whenHistoryIsShort() {
        var rate = BurnRate.of(days("2026-11-20", "2026-11-21", "3", "2026-11-22", "1"), NOON, ZoneOffset.UTC);

        assertThat(rate.dailyAverage()).isEqualTo(Money.of("3"));
        assertThat(rate.daysUsed()).isEqualTo(2);
        assertThat(rate.changePercent()).isNull();
    }

    @Test
    void isZero_whenNothingWasSpent() {
        var rate = BurnRate.of(SpendDays.NONE, NOON, ZoneOffset.UTC);

        assertThat(rate.dailyAverage()).isEqualTo(Money.ZERO);
        assertThat(rate.projectedMonthCost()).isEqualTo(Money.ZERO);
    }

    @Test
    void countsTodayByTheZone() {
        var days = days("2026-11-20", "2026-11-22", "5", "2026-11-23", "2");

        assertThat(BurnRate.of(days, Instant.parse("2026-11-22T19:00:00Z"), ZoneId.of("Asia/Kolkata"))
                        .today())
                .isEqualTo(Money.of("2"));
    }

    private static SpendDays days(String first, String last, String each, String today, String spentToday) {
        var spent = new TreeMap<LocalDate, Money>();
        LocalDate.parse(first)
                .datesUntil(LocalDate.parse(last).plusDays(1))
                .forEach(day -> spent.put(day, Money.of(each)));
        spent.put(LocalDate.parse(today), Money.of(spentToday));
        return new SpendDays(spent);
    }
}
