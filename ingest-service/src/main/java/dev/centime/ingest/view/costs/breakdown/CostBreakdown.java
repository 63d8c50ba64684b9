package dev.centime.ingest.view.costs.breakdown;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.CallFigures;
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
            @JsonUnwrapped CallFigures figures,

            @Schema(description = "Of the total cost, 0 to 1")
            double share) {

        public static Item of(@Nullable String key, Measures sums, BigDecimal wholeCost) {
            return new Item(key, CallFigures.of(sums), Ratios.share(sums.amount("total_cost"), wholeCost));
        }
    }
}
