package dev.centime.ingest.analytics;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.CallFigures;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.ingest.view.sessions.SessionCounts.Count;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What calls add up to, with the sessions they were made in. */
@Schema(name = "AnalyticsTotals")
public record Totals(
        @JsonUnwrapped CallFigures figures,

        @Schema(description = "Calls without a known cost; they are in no cost here")
        long unpricedRequests,

        @JsonUnwrapped Averages averages) {

    /** @param sessions null where they are not counted */
    @Schema(name = "AnalyticsAverages")
    public record Averages(
            @Schema(
                    description =
                            "With a call in the period; null over all organizations, and where calls have expired without which nobody knows")
            @Nullable
            Long sessions,

            @Schema(description = "US dollars that one of these sessions came to, with all its calls; null without any")
            @Nullable
            Money averageCostPerSession,

            @Schema(description = "US dollars a call, those without a known cost left out; null without any") @Nullable
            Money averageCostPerMessage) {
        static Averages of(Measures sums, @Nullable Count sessions) {
            var priced = sums.count("requests") - sums.count("unpriced_requests");
            return new Averages(
                    sessions == null ? null : sessions.sessions(),
                    sessions == null ? null : sessions.averageCost(),
                    Ratios.perUnit(sums.amount("total_cost"), BigDecimal.valueOf(priced)));
        }
    }

    static Totals of(Measures sums, @Nullable Count sessions) {
        return new Totals(CallFigures.of(sums), sums.count("unpriced_requests"), Averages.of(sums, sessions));
    }
}
