package dev.centime.forecast.event;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What will be spent, as far as the past tells.
 *
 * @param organizationId whose it is; null in the log, which says so beside it
 * @param timeZone in which its days are counted
 * @param scope what it is about by dimension, persons by name; empty for all of the organization
 * @param method that was chosen: the one whose expectations of known days were best, {@code mean} with less than two weeks of
 *     history, {@code no_history} without any
 * @param level the share of days that shall lie between the bounds
 * @param accuracy how right the method was on known days; null with too little history to tell
 * @param historicalDaysUsed days from the first spend, or a year back, to yesterday
 * @param trendDirection increasing, decreasing or stable
 * @param trendStrength 0 to 1
 * @param points from tomorrow on
 * @param budgetImpact null unless a budget was named
 */
public record Forecast(
        String forecastId,
        @Nullable String organizationId,
        Instant generatedAt,
        ZoneId timeZone,
        Map<String, List<String>> scope,
        int horizonDays,
        String method,
        double level,
        @Nullable Accuracy accuracy,
        int historicalDaysUsed,
        String trendDirection,
        double trendStrength,
        boolean seasonalityDetected,
        List<Point> points,
        Totals totals,
        @Nullable BudgetImpact budgetImpact) {

    public Forecast {
        //noinspection ConstantValue: absent in JSON when empty
        scope = scope == null ? Map.of() : scope;
    }

    /**
     * @param wapeTotal absolute error of the total over the horizon, as a share of it; null when nothing was spent
     * @param mase mean absolute error of a day in units of the usual difference from a week before; null when there is none
     * @param coverage share of days that lay between the bounds
     */
    public record Accuracy(
            @Nullable Double wapeTotal,
            @Nullable Double mase,
            @Nullable Double coverage) {}

    /** A day to come. */
    public record Point(
            LocalDate date,
            @Nullable Money lower,
            Money expected,
            @Nullable Money upper) {
        public static Point of(LocalDate date, Amount amount) {
            return new Point(date, amount.lower(), amount.expected(), amount.upper());
        }

        Point withoutBounds() {
            return new Point(date, null, expected, null);
        }
    }

    /** The days from tomorrow on, taken together. Not the sums of the bounds of the days: their errors partly cancel out. */
    public record Totals(
            Amount tomorrow,
            @JsonProperty("next_3_days") Amount next3Days,
            @JsonProperty("next_7_days") Amount next7Days,
            Amount horizon) {
        Totals withoutBounds() {
            return new Totals(
                    tomorrow.withoutBounds(),
                    next3Days.withoutBounds(),
                    next7Days.withoutBounds(),
                    horizon.withoutBounds());
        }
    }

    /** As it is answered: over all organizations, each says whose it is. */
    public Forecast of(String organization) {
        return new Forecast(
                forecastId,
                organization,
                generatedAt,
                timeZone,
                scope,
                horizonDays,
                method,
                level,
                accuracy,
                historicalDaysUsed,
                trendDirection,
                trendStrength,
                seasonalityDetected,
                points,
                totals,
                budgetImpact);
    }

    /** As it is answered to somebody who may see these names. */
    public Forecast about(Map<String, List<String>> names) {
        return new Forecast(
                forecastId,
                organizationId,
                generatedAt,
                timeZone,
                names,
                horizonDays,
                method,
                level,
                accuracy,
                historicalDaysUsed,
                trendDirection,
                trendStrength,
                seasonalityDetected,
                points,
                totals,
                budgetImpact);
    }

    /** As it is answered to somebody who did not ask for bounds. */
    public Forecast withoutBounds() {
        return new Forecast(
                forecastId,
                organizationId,
                generatedAt,
                timeZone,
                scope,
                horizonDays,
                method,
                level,
                accuracy,
                historicalDaysUsed,
                trendDirection,
                trendStrength,
                seasonalityDetected,
                points.stream().map(Point::withoutBounds).toList(),
                totals.withoutBounds(),
                budgetImpact);
    }
}
