package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.breakdown.CostBreakdown;
import dev.centime.ingest.view.costs.history.CostHistory;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.trends.CostTrends;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a person spent. @param user by name; null for a user's key that is nobody's */
@Schema(name = "UserAnalytics")
public record UserAnalytics(
        @Nullable String user,
        Totals allTime,
        Days period,

        @Schema(description = "Of the period") Totals totals,

        @Schema(description = "Of the period, the most used first, ten at most")
        List<CostBreakdown.Item> models,

        @Schema(description = "Of the period: cost and calls over time")
        CostHistory history,

        @Schema(description = "Where the cost is going") CostTrends trend) {}
