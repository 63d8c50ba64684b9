package dev.centime.ingest.view.costs.summary;

import dev.centime.contracts.Money;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Spend at a glance. */
@Schema(name = "CostSummary")
public record CostSummary(
        Spent today,
        Spent yesterday,
        Spent thisWeek,
        Spent thisMonth,
        Spent thisQuarter,
        Spent thisYear,

        @Schema(description = "Spent this month so far, and the rest of it at the rate of the last 30 days")
        Money projectedMonthCost,

        @Schema(description = "What this month's spend goes to, largest first")
        List<Driver> topDrivers) {

    /**
     * @param previousTotalCost of the period before (yesterday, last week, last month…), as much as of this one is over
     * @param comparedTotalCost what is set beside that; all but the quarter hour at hand
     * @param changePercent from that to this, null when that was zero
     */
    @Schema(name = "CostSummaryPeriod")
    public record Spent(
            Money totalCost,
            long requests,

            @Schema(
                    description =
                            "Of the period before (yesterday, last week, last month…), as much as of this one is over, by the clock"
                                    + " on the wall")
            Money previousTotalCost,

            @Schema(description = "What that is set beside: of this period, up to the last quarter hour that is over")
            Money comparedTotalCost,

            @Schema(description = "From the previous total to the compared one; null when that was zero") @Nullable
            Double changePercent) {}

    @Schema(name = "CostDriver")
    public record Driver(String dimension, String key, Money totalCost, double share) {}
}
