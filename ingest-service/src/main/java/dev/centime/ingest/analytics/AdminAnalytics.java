package dev.centime.ingest.analytics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.ingest.view.costs.breakdown.CostBreakdown;
import dev.centime.ingest.view.costs.history.CostHistory;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.trends.CostTrends;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What everybody spent, and who. */
@Schema(name = "AdminAnalytics")
public record AdminAnalytics(
        Days period,

        @Schema(description = "Of the period") Totals totals,

        @Schema(description = "Of the period, the most expensive first, ten at most")
        List<CostBreakdown.Item> models,

        @Schema(description = "Of the period: cost and calls over time")
        CostHistory history,

        @Schema(description = "Where the cost is going") CostTrends trend,

        @Schema(description = "What the items are: user, or organization over all of them")
        String dimension,

        List<Item> items,
        @Nullable String nextCursor) {

    /** What one spent in the period; key null for calls of nobody, and for everybody's where individuals are not shown. */
    @Schema(name = "AdminAnalyticsItem")
    public record Item(
            @JsonUnwrapped CostBreakdown.Item spent,
            @JsonUnwrapped Totals.Averages averages) {}
}
