package dev.centime.ingest.view.costs.breakdown;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.PlainNumber;
import dev.centime.ingest.view.costs.question.CostGroups;
import dev.centime.ingest.view.costs.question.Days;
import dev.centime.ingest.view.costs.question.Ratios;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Spend by the values of a dimension.
 *
 * @param totalCost of all items, also those on other pages
 */
@Schema(name = "CostBreakdown")
public record CostBreakdown(
        String dimension,
        Days period,
        List<Item> items,
        Money totalCost,
        long requests,

        @Schema(description = "Calls without a known cost; they are in no cost here")
        long unpricedRequests,

        @Nullable String nextCursor) {

    static CostBreakdown of(CostGroups.Answer answer) {
        var whole = answer.total().amount("total_cost");
        return new CostBreakdown(
                answer.dimension(),
                Days.of(answer.asked().period()),
                answer.page().stream()
                        .map(group -> Item.of(group.key(), group.sums(), whole))
                        .toList(),
                Money.of(whole),
                answer.total().count("requests"),
                answer.total().count("unpriced_requests"),
                answer.nextCursor());
    }

    /** @param key null for calls without a value */
    @Schema(name = "CostBreakdownItem")
    public record Item(
            @Nullable String key,
            Money totalCost,
            Money inputCost,
            Money outputCost,
            Money cacheSavings,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            @Schema(description = "Both lifetimes") long cacheWriteTokens,
            @Schema(description = "Every token once") long totalTokens,
            long requests,

            @JsonSerialize(using = PlainNumber.class) @Schema(implementation = Double.class)
            BigDecimal units,

            @Nullable Money costPerUnit,

            @Schema(description = "Of the total cost, 0 to 1")
            double share,

            @Nullable Double avgLatencyMs,
            long errorCount,
            @Nullable Double errorRate) {

        static Item of(@Nullable String key, Measures sums, BigDecimal wholeCost) {
            var cost = sums.amount("total_cost");
            var cacheWrite = sums.count("cache_write_tokens") + sums.count("cache_write_1h_tokens");
            var units = sums.amount("units").stripTrailingZeros();
            return new Item(
                    key,
                    Money.of(cost),
                    Money.of(sums.amount("input_cost")),
                    Money.of(sums.amount("output_cost")),
                    Money.of(sums.amount("cache_savings")),
                    sums.count("input_tokens"),
                    sums.count("output_tokens"),
                    sums.count("cache_read_tokens"),
                    cacheWrite,
                    sums.count("input_tokens")
                            + sums.count("output_tokens")
                            + sums.count("cache_read_tokens")
                            + cacheWrite
                            + sums.count("input_audio_tokens")
                            + sums.count("output_audio_tokens")
                            + sums.count("input_image_tokens"),
                    sums.count("requests"),
                    units,
                    Ratios.perUnit(cost, units),
                    Ratios.share(cost, wholeCost),
                    Ratios.average(sums.count("latency_ms_sum"), sums.count("latency_count")),
                    sums.count("error_count"),
                    Ratios.average(sums.count("error_count"), sums.count("requests")));
        }
    }
}
