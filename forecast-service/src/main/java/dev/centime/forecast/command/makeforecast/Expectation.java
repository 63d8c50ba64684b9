package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.forecast.event.Amount;
import dev.centime.forecast.event.BudgetImpact;
import dev.centime.forecast.event.Forecast;
import dev.centime.forecast.method.Forecaster;
import dev.centime.forecast.method.Outlook;
import dev.centime.forecast.spend.SpendDays;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From spend by day to a forecast: pure. Today is not over, so history ends yesterday and the forecast begins tomorrow. */
final class Expectation {
    private static final int TODAY = 1;
    private static final int WEEK = 7;

    private Expectation() {}

    /**
     * @param spent since the limit's period began; not looked at without a limit
     * @param carriedOver into that period
     */
    static Forecast of(Asked asked, SpendDays days, Money spent, Money carriedOver) {
        var today = asked.today();
        var outlook =
                Forecaster.forecast(days.until(today.minusDays(1)), TODAY, Math.max(asked.days(), WEEK), asked.level());
        var points = IntStream.range(0, outlook.days().size())
                .mapToObj(day -> Forecast.Point.of(
                        today.plusDays(day + 1L), Dollars.of(outlook.days().get(day))))
                .toList();
        return new Forecast(
                asked.forecastId(),
                null,
                asked.now(),
                asked.zone(),
                asked.subject().names(),
                asked.days(),
                outlook.method(),
                asked.level(),
                accuracy(outlook),
                outlook.historyDays(),
                outlook.trend().direction().name().toLowerCase(Locale.ROOT),
                outlook.trend().strength(),
                outlook.seasonal(),
                points.subList(0, asked.days()),
                new Forecast.Totals(
                        total(outlook, points, 1),
                        total(outlook, points, 3),
                        total(outlook, points, WEEK),
                        total(outlook, points, asked.days())),
                impact(asked, days, spent, carriedOver, outlook, points));
    }

    private static Forecast.@Nullable Accuracy accuracy(Outlook outlook) {
        var accuracy = outlook.accuracy();
        return accuracy == null
                ? null
                : new Forecast.Accuracy(accuracy.wapeTotal(), accuracy.mase(), accuracy.coverage());
    }

    private static Amount total(Outlook outlook, List<Forecast.Point> points, int days) {
        var expected =
                points.subList(0, days).stream().map(Forecast.Point::expected).reduce(Money.ZERO, Money::plus);
        return Dollars.of(outlook.total(days), expected);
    }

    private static @Nullable BudgetImpact impact(
            Asked asked, SpendDays days, Money spent, Money carriedOver, Outlook outlook, List<Forecast.Point> points) {
        var limit = asked.subject().limit();
        if (limit == null) {
            return null;
        }
        var today = Dollars.of(outlook.gap().getFirst());
        var soFar = days.on(asked.today());
        var expected = Dollars.most(Money.ZERO, today.expected().minus(soFar));
        var upper = Dollars.most(
                Money.ZERO, Dollars.of(outlook.gap().getFirst().upper()).minus(soFar));
        int ahead = Math.toIntExact(
                ChronoUnit.DAYS.between(asked.today(), limit.period().last()));
        if (ahead > 0) {
            var total = total(outlook, points, ahead);
            expected = expected.plus(total.expected());
            upper = upper.plus(Dollars.of(outlook.total(ahead).upper()));
        }
        return BudgetImpact.of(
                limit.amount().plus(carriedOver),
                spent,
                expected,
                Dollars.most(expected, upper),
                limit.period().last());
    }
}
