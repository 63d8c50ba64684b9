package dev.centime.ingest.event;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.StoredAs;
import dev.centime.contracts.Tokens;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked what a call would cost. The text is not here, nor anywhere else.
 *
 * @param estimateId what a usage record names to be set against this
 * @param timestamp when the call would be made, which decides the price
 * @param tokens expected
 * @param tokenizer what input was counted by; null when the caller counted
 * @param exact whether the provider would count the same input
 * @param errorPercent by how much the count of the input may be wrong; 0 when it is exact
 * @param outputBasis where the output tokens come from: expected, maximum or none
 * @param cost at the prices known then
 * @param pricesAt the offset of the platform's partition at which the price was read
 */
@StoredAs(name = "cost-estimated")
public record CostEstimated(
        String estimateId,
        Instant timestamp,
        Model model,
        Attribution attribution,
        Tokens tokens,
        @Nullable String tokenizer,
        boolean exact,
        int errorPercent,
        String outputBasis,
        Cost cost,
        long pricesAt) {

    /** The same estimate, of a call that is charged to somebody. */
    public CostEstimated chargedTo(Attribution attribution) {
        return new CostEstimated(
                estimateId,
                timestamp,
                model,
                attribution,
                tokens,
                tokenizer,
                exact,
                errorPercent,
                outputBasis,
                cost,
                pricesAt);
    }
}
