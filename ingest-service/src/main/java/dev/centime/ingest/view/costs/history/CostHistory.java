package dev.centime.ingest.view.costs.history;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.PlainNumber;
import dev.centime.ingest.view.costs.question.CostSeries.Series;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Spend over time, nothing left out. */
@Schema(name = "CostHistory")
public record CostHistory(
        List<Point> points,
        Money totalCost,

        @Schema(description = "Total cost by days of the period, to twelve decimals")
        Money dailyAverage,

        @JsonSerialize(using = PlainNumber.class) @Schema(implementation = Double.class)
        BigDecimal units,

        @Nullable Money costPerUnit) {
    public static final List<String> MEASURES = List.of("total_cost", "requests", "units");

    @Schema(name = "CostHistoryPoint")
    public record Point(
            String date,
            Money totalCost,
            long requests,

            @JsonSerialize(using = PlainNumber.class) @Schema(implementation = Double.class)
            BigDecimal units) {
        static Point of(String date, Measures sums) {
            return new Point(
                    date,
                    Money.of(sums.amount("total_cost")),
                    sums.count("requests"),
                    sums.amount("units").stripTrailingZeros());
        }
    }

    public static CostHistory of(Series series, long days) {
        var total = series.total();
        var cost = total.amount("total_cost");
        var units = total.amount("units").stripTrailingZeros();
        return new CostHistory(
                series.byLabel().entrySet().stream()
                        .map(entry -> Point.of(entry.getKey(), entry.getValue()))
                        .toList(),
                Money.of(cost),
                Ratios.divided(cost, BigDecimal.valueOf(days)),
                units,
                Ratios.perUnit(cost, units));
    }
}
