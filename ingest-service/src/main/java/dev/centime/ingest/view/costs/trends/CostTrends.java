package dev.centime.ingest.view.costs.trends;

import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostSeries.Series;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Figure;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where a figure is going. */
@Schema(name = "CostTrends")
public record CostTrends(
        String metric,
        Days period,
        List<Point> points,

        @Schema(description = "Of the whole period") Figure total,

        @Schema(
                description =
                        "up or down where that is no chance (Mann-Kendall, 5 %), else flat. Of the points that are over: the last may"
                                + " still grow")
        Trend.Direction direction,

        @Schema(description = "0 no order, 1 each point above (or below) all before it: Kendall's tau without its sign")
        double strength,

        @Schema(
                description =
                        "By how much a day's figure (with hours: an hour's) changes a day, an estimate to twelve digits: the median of"
                                + " the slopes between all pairs of points that are over")
        Figure slopePerDay,

        @Schema(description = "What came before: the last week of a week, the last month of a month, else as many days")
        Previous previousPeriod,

        @Schema(
                description =
                        "What is set beside the previous period's: up to the last quarter hour that is over. The total when all of"
                                + " the period is")
        Figure comparedTotal,

        @Schema(description = "From the previous period's total to the compared one; null when that was zero") @Nullable
        Double changePercent) {

    private static final MathContext ESTIMATE = new MathContext(12);

    /** The whole of a stretch of time. */
    @Schema(name = "CostTrendsPoint")
    public record Point(String date, Figure value) {}

    /** The period before. */
    @Schema(name = "CostTrendsPrevious")
    public record Previous(
            Days period,

            @Schema(description = "Where what is compared of it ends: as far into it as this period has come")
            Instant until,

            @Schema(description = "Until then") Figure total) {}

    /** As much of this period as is over, and as much of the one before. */
    record Compared(BigDecimal now, BigDecimal before) {}

    static CostTrends of(
            Metric metric, AskedCosts asked, Stretches stretches, Series series, Compared compared, Instant now) {
        var total = metric.of(series.total());
        var trend = trend(metric, stretches, series, now);
        return new CostTrends(
                metric.name(),
                Days.of(asked.period()),
                series.byLabel().entrySet().stream()
                        .map(entry -> new Point(entry.getKey(), metric.figure(metric.of(entry.getValue()))))
                        .toList(),
                metric.figure(total),
                trend.direction(),
                trend.strength(),
                metric.figure(new BigDecimal(trend.slope(), ESTIMATE)),
                new Previous(
                        Days.of(asked.before().period()), asked.before().until(), metric.figure(compared.before())),
                metric.figure(compared.now()),
                Ratios.changePercent(compared.before(), compared.now()));
    }

    /** Of what a day came to in each stretch, so that a week cut off by the period's edge weighs no less. */
    private static Trend trend(Metric metric, Stretches stretches, Series series, Instant now) {
        var over = stretches.overAt(now);
        var sums = List.copyOf(series.byLabel().values());
        var values = IntStream.range(0, over)
                .mapToDouble(i -> metric.of(sums.get(i)).doubleValue() / stretches.days(i))
                .toArray();
        return Trend.of(IntStream.range(0, over).mapToDouble(stretches::middle).toArray(), values);
    }
}
