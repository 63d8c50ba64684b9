package dev.centime.ingest.view.costs.variance;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.Comparison;
import dev.centime.ingest.view.costs.question.CostGroups;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Ratios;
import dev.centime.ingest.view.costs.question.SingleCall;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Estimates against actual costs by the values of a dimension.
 *
 * @param total of all items, also those on other pages
 */
@Schema(name = "CostVariance")
public record CostVariance(
        String dimension,
        Days period,

        @Schema(
                description =
                        "How far an actual cost may lie from its estimate to be within it, in percent of the estimate")
        int tolerancePercent,

        List<Item> items,
        Figures total,
        @Nullable String nextCursor) {

    /**
     * @param key null for calls without a value
     * @param source of a single call, whose id may be another's in another source; else null
     */
    @Schema(name = "CostVarianceItem")
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

    /** Where an actual cost lies, seen from its estimate. */
    public enum Status {
        WITHIN,
        OVER,
        UNDER;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Amounts are of the compared calls alone: those with an estimate whose cost is known.
     *
     * @param variancePercent of the estimate; null when nothing was estimated, or zero was
     * @param status null when no call is compared
     */
    @Schema(name = "CostVarianceFigures")
    public record Figures(
            Money estimatedCost,
            @Schema(description = "Of the same calls") Money actualCost,
            @Schema(description = "Actual less estimated") Money variance,
            @Nullable Double variancePercent,

            @Schema(description = "within, over or under") @Nullable
            Status status,

            @Schema(description = "All calls, compared or not")
            long requests,

            @Schema(description = "Calls with an estimate whose cost is known")
            long comparedRequests,

            @Schema(description = "Calls with an estimate that have no cost yet")
            long unpricedRequests,

            @Schema(description = "Calls that nobody made an estimate for")
            long withoutEstimate) {

        static Figures of(Measures sums, int tolerancePercent) {
            var estimated = Comparison.ESTIMATED.said(sums);
            var actual = Comparison.ESTIMATED.found(sums);
            var compared = Comparison.ESTIMATED.comparedRequests(sums);
            return new Figures(
                    estimated,
                    actual,
                    actual.minus(estimated),
                    Ratios.changePercent(estimated.amount(), actual.amount()),
                    compared == 0 ? null : status(estimated, actual, tolerancePercent),
                    sums.count("requests"),
                    compared,
                    Comparison.ESTIMATED.unpricedRequests(sums),
                    Comparison.ESTIMATED.silentRequests(sums));
        }

        /** By multiplication, so that the very edge is within whatever the digits. */
        private static Status status(Money estimated, Money actual, int tolerancePercent) {
            var variance = actual.minus(estimated).amount();
            var allowed = estimated
                    .amount()
                    .multiply(BigDecimal.valueOf(tolerancePercent))
                    .movePointLeft(2);
            if (variance.abs().compareTo(allowed) <= 0) {
                return Status.WITHIN;
            }
            return variance.signum() > 0 ? Status.OVER : Status.UNDER;
        }
    }

    static CostVariance of(CostGroups.Answer answer, int tolerancePercent) {
        return new CostVariance(
                answer.dimension(),
                Days.of(answer.asked().period()),
                tolerancePercent,
                answer.page().stream()
                        .map(group ->
                                Item.of(answer.dimension(), group.key(), Figures.of(group.sums(), tolerancePercent)))
                        .toList(),
                Figures.of(answer.total(), tolerancePercent),
                answer.nextCursor());
    }
}
