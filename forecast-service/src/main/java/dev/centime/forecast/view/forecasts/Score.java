package dev.centime.forecast.view.forecasts;

import dev.centime.contracts.Money;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.spend.SpendDays;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A forecast beside what happened on those of its days that are over.
 *
 * @param daysOver how many that is, at least one
 * @param expected on these days
 * @param actual on these days
 * @param errorPercent of the actual total; null when nothing was spent
 * @param covered share of the days that lay between the bounds
 */
public record Score(
        String forecastId,
        Instant generatedAt,
        Map<String, List<String>> scope,
        String method,
        double level,
        int horizonDays,
        int daysOver,
        Money expected,
        Money actual,
        @Nullable Double errorPercent,
        double covered) {

    /** Whether any of a forecast's days is over. */
    static boolean possible(Forecast forecast, LocalDate today) {
        return forecast.points().getFirst().date().isBefore(today);
    }

    static Score of(Forecast forecast, SpendDays spent, LocalDate today) {
        var over = forecast.points().stream()
                .filter(point -> point.date().isBefore(today))
                .toList();
        var expected = over.stream().map(Forecast.Point::expected).reduce(Money.ZERO, Money::plus);
        var actual = over.stream().map(point -> spent.on(point.date())).reduce(Money.ZERO, Money::plus);
        long inside = over.stream()
                .filter(point -> between(point, spent.on(point.date())))
                .count();
        return new Score(
                forecast.forecastId(),
                forecast.generatedAt(),
                forecast.scope(),
                forecast.method(),
                forecast.level(),
                forecast.horizonDays(),
                over.size(),
                expected,
                actual,
                errorPercent(expected, actual),
                (double) inside / over.size());
    }

    private static boolean between(Forecast.Point point, Money actual) {
        var lower = point.lower();
        var upper = point.upper();
        return lower != null && upper != null && actual.compareTo(lower) >= 0 && actual.compareTo(upper) <= 0;
    }

    private static @Nullable Double errorPercent(Money expected, Money actual) {
        return actual.amount().signum() == 0
                ? null
                : expected.minus(actual)
                        .amount()
                        .movePointRight(2)
                        .divide(actual.amount(), 2, RoundingMode.HALF_EVEN)
                        .doubleValue();
    }
}
