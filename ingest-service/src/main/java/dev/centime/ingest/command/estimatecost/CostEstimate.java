package dev.centime.ingest.command.estimatecost;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.ingest.event.CostEstimated;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a call would cost, line by line. The lines add up to the total. */
@Schema(name = "CostEstimate")
public record CostEstimate(
        @Schema(description = "To be named by the usage record of the call; null when the estimate was not kept")
        @Nullable
        String estimateId,

        Instant timestamp,
        @Nullable String provider,
        String model,

        @Schema(description = "What the text was counted by; null when the caller counted") @Nullable
        String tokenizer,

        @Schema(description = "Whether the provider would count the same input")
        boolean exact,

        @Schema(
                description =
                        "By how much the count of the input is usually wrong at most, in percent; 0 when it is exact")
        int errorPercent,

        @Schema(description = "Uncached input only") long inputTokens,
        long cacheReadTokens,
        long outputTokens,

        @Schema(description = "expected, maximum, or none when nothing was said about output")
        String outputBasis,

        @Schema(description = "calculated, or unpriced when no price is known")
        Cost.Source costSource,

        @Nullable Money totalCost,
        @Nullable Money inputCost,
        @Nullable Money cacheReadCost,
        @Nullable Money outputCost,
        @Nullable Money otherCost,
        @Nullable String priceId) {

    /** @param kept whether the log has it */
    static CostEstimate of(CostEstimated estimated, boolean kept) {
        var cost = estimated.cost();
        var known = cost.total() != null;
        return new CostEstimate(
                kept ? estimated.estimateId() : null,
                estimated.timestamp(),
                estimated.model().provider(),
                estimated.model().name(),
                estimated.tokenizer(),
                estimated.exact(),
                estimated.errorPercent(),
                estimated.tokens().input(),
                estimated.tokens().cacheRead(),
                estimated.tokens().output(),
                estimated.outputBasis(),
                cost.source(),
                cost.total(),
                known ? cost.input() : null,
                known ? cost.cacheRead() : null,
                known ? cost.output() : null,
                known ? cost.other() : null,
                cost.priceId());
    }
}
