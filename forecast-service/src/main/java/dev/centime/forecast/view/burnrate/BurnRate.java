package dev.centime.forecast.view.burnrate;

import dev.centime.contracts.Money;
import dev.centime.forecast.spend.SpendDays;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * How fast money goes. Averages are over whole days, so they end yesterday; with a shorter history, over the days since its first
 * call.
 *
 * @param today so far
 * @param dailyAverage of the last seven days, the rate that the others are made from
 * @param hourlyRate {@code dailyAverage} by hour
 * @param monthlyRate {@code dailyAverage} for 30 days
 * @param dailyAverage30Days of the last 30 days
 * @param previousDailyAverage of the seven days before the last seven
 * @param changePercent from there to here; null when nothing was spent then
 * @param monthToDate since the first of the month, today included
 * @param projectedMonthCost {@code monthToDate}, and the daily average for each day of the month after today
 * @param daysUsed days that {@code dailyAverage} is over
 */
public record BurnRate(
        Instant asOf,
        ZoneId timeZone,
        Money today,
        Money dailyAverage,
        Money hourlyRate,
        Money monthlyRate,

        @com.fasterxml.jackson.annotation.JsonProperty("daily_average_30_days")
        Money dailyAverage30Days,

        Money previousDailyAverage,
        @Nullable Double changePercent,
        Money monthToDate,
        Money projectedMonthCost,
        int daysUsed) {
    private static final int WEEK = 7;
    private static final int MONTH = 30;
    private static final int DIGITS = 6;

    /** Days to read for it, today included. */
    static final int DAYS = 62;

    static BurnRate of(SpendDays days, Instant now, ZoneId zone) {
        var today = now.atZone(zone).toLocalDate();
        int known = daysKnown(days, today);
        var average = average(days, today.minusDays(1), Math.min(WEEK, known));
        var before = average(days, today.minusDays(WEEK + 1L), Math.clamp(known - WEEK, 0, WEEK));
        var toDate = days.between(today.withDayOfMonth(1), today);
        int left = today.lengthOfMonth() - today.getDayOfMonth();
        return new BurnRate(
                now,
                zone,
                days.on(today),
                average,
                quotient(average, Duration.ofDays(1).toHours()),
                times(average, MONTH),
                average(days, today.minusDays(1), Math.min(MONTH, known)),
                before,
                change(before, average),
                toDate,
                toDate.plus(times(average, left)),
                Math.min(WEEK, known));
    }

    /** Whole days from the first call on. */
    private static int daysKnown(SpendDays days, LocalDate today) {
        var first = days.first();
        return first == null ? 0 : Math.toIntExact(Math.max(0, ChronoUnit.DAYS.between(first, today)));
    }

    private static Money average(SpendDays days, LocalDate last, int count) {
        return count == 0 ? Money.ZERO : quotient(days.between(last.minusDays(count - 1L), last), count);
    }

    private static Money quotient(Money amount, long by) {
        return Money.of(amount.amount().divide(BigDecimal.valueOf(by), DIGITS, RoundingMode.HALF_EVEN));
    }

    private static Money times(Money amount, int by) {
        return Money.of(amount.amount().multiply(BigDecimal.valueOf(by)));
    }

    private static @Nullable Double change(Money before, Money after) {
        return before.amount().signum() == 0
                ? null
                : after.minus(before)
                        .amount()
                        .movePointRight(2)
                        .divide(before.amount(), 2, RoundingMode.HALF_EVEN)
                        .doubleValue();
    }
}
