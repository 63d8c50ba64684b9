package dev.centime.forecast.view.forecasts;

import dev.centime.contracts.Money;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How right the last forecasts were.
 *
 * @param wapeTotal the absolute errors of their totals, as a share of the actual totals; null when nothing was spent
 * @param coverage share of all their days that lay between the bounds; null without any
 * @param items newest first; only forecasts of which a day is over
 */
public record ForecastAccuracy(
        @Nullable Double wapeTotal, @Nullable Double coverage, List<Score> items) {
    static ForecastAccuracy of(List<Score> scores) {
        var actual = scores.stream().map(Score::actual).reduce(Money.ZERO, Money::plus);
        var error = scores.stream()
                .map(score ->
                        Money.of(score.expected().minus(score.actual()).amount().abs()))
                .reduce(Money.ZERO, Money::plus);
        int days = scores.stream().mapToInt(Score::daysOver).sum();
        return new ForecastAccuracy(
                actual.amount().signum() <= 0
                        ? null
                        : error.amount()
                                .divide(actual.amount(), MathContext.DECIMAL64)
                                .doubleValue(),
                days == 0
                        ? null
                        : scores.stream()
                                        .mapToDouble(score -> score.covered() * score.daysOver())
                                        .sum()
                                / days,
                scores);
    }
}
