package dev.centime.ingest.view.costs.analysis;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CallFigures;
import dev.centime.ingest.view.costs.question.CostChanges.Change;
import dev.centime.ingest.view.costs.question.CostChanges.Changes;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.kit.Period;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Spend of a period beside the one before.
 *
 * @param total of all items, also those on other pages
 */
@Schema(name = "CostAnalysis")
public record CostAnalysis(
        String groupBy,
        Days period,

        @Schema(description = "What came before: the last week of a week, the last month of a month, else as many days")
        Days previousPeriod,

        @Schema(description = "Where what is compared of the previous period ends: as far into it as this one has come")
        Instant previousUntil,

        Total total,
        List<Item> items,

        @Schema(
                description =
                        "What moved the cost most between the two periods, up or down, by any of a few dimensions")
        List<Driver> topDrivers,

        @Nullable String nextCursor) {

    /**
     * What became of a cost.
     *
     * @param changePercent from that to this; null when that was zero
     */
    @Schema(name = "CostAnalysisChange")
    public record Moved(
            @Schema(description = "Of the previous period, as much as of this one is over")
            Money previousTotalCost,

            @Schema(description = "Of the same") long previousRequests,

            @Schema(
                    description =
                            "Of this period, up to the last quarter hour that is over; the total cost when all of it is")
            Money comparedTotalCost,

            @Schema(description = "The compared total cost less that of the previous period")
            Money change,

            @Nullable Double changePercent) {
        static Moved of(Change change) {
            return new Moved(
                    Money.of(change.before().totalCost()),
                    change.before().requests(),
                    Money.of(change.compared()),
                    Money.of(change.amount()),
                    Ratios.changePercent(change.before().totalCost(), change.compared()));
        }
    }

    /** Of the whole period. */
    @Schema(name = "CostAnalysisTotal")
    public record Total(
            @JsonUnwrapped CallFigures figures,
            @JsonUnwrapped Moved moved,

            @Schema(description = "Calls without a known cost; they are in no cost here")
            long unpricedRequests,

            @Schema(description = "Total cost by days of the period, to twelve decimals")
            Money dailyAverage,

            @Nullable Money costPerRequest) {}

    /** @param key null for calls without a value */
    @Schema(name = "CostAnalysisItem")
    public record Item(
            @Nullable String key,
            @JsonUnwrapped CallFigures figures,
            @JsonUnwrapped Moved moved,

            @Schema(description = "Of the total cost, 0 to 1")
            double share) {}

    /** A value whose cost moved. */
    @Schema(name = "CostAnalysisDriver")
    public record Driver(
            String dimension,
            String key,
            Money totalCost,

            @Schema(description = "Of the total cost, 0 to 1")
            double share,

            @JsonUnwrapped Moved moved) {
        static Driver of(String dimension, String key, Change change, BigDecimal whole) {
            var cost = change.sums().amount("total_cost");
            return new Driver(dimension, key, Money.of(cost), Ratios.share(cost, whole), Moved.of(change));
        }
    }

    static CostAnalysis of(
            String groupBy,
            AskedCosts asked,
            Changes changes,
            List<@Nullable String> keys,
            List<Driver> drivers,
            @Nullable String nextCursor) {
        var whole = changes.total().sums().amount("total_cost");
        var items = new ArrayList<Item>();
        for (int i = 0; i < keys.size(); i++) {
            var change = changes.page().get(i);
            items.add(new Item(
                    keys.get(i),
                    CallFigures.of(change.sums()),
                    Moved.of(change),
                    Ratios.share(change.sums().amount("total_cost"), whole)));
        }
        return new CostAnalysis(
                groupBy,
                Days.of(asked.period()),
                Days.of(asked.before().period()),
                asked.before().until(),
                total(changes.total(), asked.period()),
                items,
                drivers,
                nextCursor);
    }

    private static Total total(Change total, Period period) {
        var cost = total.sums().amount("total_cost");
        return new Total(
                CallFigures.of(total.sums()),
                Moved.of(total),
                total.sums().count("unpriced_requests"),
                Ratios.divided(cost, BigDecimal.valueOf(period.days())),
                Ratios.perUnit(cost, BigDecimal.valueOf(total.sums().count("requests"))));
    }
}
