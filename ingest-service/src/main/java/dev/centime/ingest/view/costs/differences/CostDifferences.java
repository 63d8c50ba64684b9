package dev.centime.ingest.view.costs.differences;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.Comparison;
import dev.centime.ingest.view.costs.question.CostGroups;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.ingest.view.costs.question.SingleCall;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Reported against calculated costs by the values of a dimension.
 *
 * @param total of all items, also those on other pages
 */
@Schema(name = "CostDifferences")
public record CostDifferences(
        String dimension,
        Days period,
        List<Item> items,
        Figures total,
        @Nullable String nextCursor) {

    /**
     * @param key null for calls without a value
     * @param source of a single call, whose id may be another's in another source; else null
     */
    @Schema(name = "CostDifferencesItem")
    public record Item(
            @Nullable String key,
            @Nullable String source,
            @JsonUnwrapped Figures figures) {
        static Item of(String dimension, @Nullable String key, Figures figures) {
            if (!SingleCall.isNamed(dimension)) {
                return new Item(key, null, figures);
            }
            var call = SingleCall.of(key);
            return new Item(call.id(), call.source(), figures);
        }
    }

    /**
     * Amounts are of the compared calls alone: those with a reported and a calculated cost.
     *
     * @param differencePercent of the calculated cost; null when that is zero
     */
    @Schema(name = "CostDifferencesFigures")
    public record Figures(
            @Schema(description = "By the callers' own account")
            Money reportedCost,

            @Schema(description = "Of the same calls, by the prices that Centime knows")
            Money calculatedCost,

            @Schema(description = "Reported less calculated")
            Money difference,

            @Nullable Double differencePercent,

            @Schema(description = "All calls, compared or not")
            long requests,

            @Schema(description = "Calls with both a reported and a calculated cost")
            long comparedRequests,

            @Schema(description = "Calls with a reported cost whose model has no known price")
            long unpricedRequests,

            @Schema(description = "Calls without a reported cost")
            long withoutReport) {

        static Figures of(Measures sums) {
            var reported = Comparison.REPORTED.said(sums);
            var calculated = Comparison.REPORTED.found(sums);
            return new Figures(
                    reported,
                    calculated,
                    reported.minus(calculated),
                    Ratios.changePercent(calculated.amount(), reported.amount()),
                    sums.count("requests"),
                    Comparison.REPORTED.comparedRequests(sums),
                    Comparison.REPORTED.unpricedRequests(sums),
                    Comparison.REPORTED.silentRequests(sums));
        }
    }

    static CostDifferences of(CostGroups.Answer answer) {
        return new CostDifferences(
                answer.dimension(),
                Days.of(answer.asked().period()),
                answer.page().stream()
                        .map(group -> Item.of(answer.dimension(), group.key(), Figures.of(group.sums())))
                        .toList(),
                Figures.of(answer.total()),
                answer.nextCursor());
    }
}
