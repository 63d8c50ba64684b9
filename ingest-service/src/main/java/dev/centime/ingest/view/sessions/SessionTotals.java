package dev.centime.ingest.view.sessions;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.CostClass;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.PlainNumber;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a session add up to.
 *
 * @param session null for all sessions together, where single ones are not shown
 */
@Schema(name = "Session")
public record SessionTotals(
        @Nullable String session,

        @Schema(description = "When its first call was made; null without one") @Nullable
        Instant firstCallAt,

        @Nullable Instant lastCallAt,
        List<String> models,
        @Schema(description = "Its calls, or messages") long requests,

        @Schema(description = "Calls without a known cost; they are in no cost here")
        long unpricedRequests,

        long errorCount,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        @Schema(description = "Both lifetimes") long cacheWriteTokens,
        @Schema(description = "Inside the output") long reasoningTokens,
        @Schema(description = "Every token once") long totalTokens,
        Money totalCost,
        Money inputCost,
        Money outputCost,
        Money cacheReadCost,
        Money cacheWriteCost,
        Money otherCost,

        @Schema(description = "What its cache reads would have cost more as plain input")
        Money cacheSavings,

        @JsonSerialize(using = PlainNumber.class) @Schema(implementation = Double.class)
        BigDecimal units,

        @Nullable Double avgLatencyMs,

        @Schema(description = "Under $0.01 green, to $0.10 yellow, above red")
        String costClass,

        @Schema(description = "What an imported file says it may cost") @Nullable
        Money budgetAllocated) {

    /** Whole tokens, each once, as SQL over the columns of {@link Measures}. */
    static final String TOKENS = "(" + String.join(" + ", Measures.TOKENS) + ")";

    static SessionTotals of(Row row) {
        var sums = Measures.read(row::getBigDecimal);
        var allocated = row.getBigDecimal("allocated");
        var models = row.getArrayOfStrings("models");
        var cost = Money.of(sums.amount("total_cost"));
        return new SessionTotals(
                row.getString("session"),
                instant(row.getOffsetDateTime("first_at")),
                instant(row.getOffsetDateTime("last_at")),
                models == null ? List.of() : List.of(models),
                sums.count("requests"),
                sums.count("unpriced_requests"),
                sums.count("error_count"),
                sums.count("input_tokens"),
                sums.count("output_tokens"),
                sums.count("cache_read_tokens"),
                sums.count("cache_write_tokens") + sums.count("cache_write_1h_tokens"),
                sums.count("reasoning_tokens"),
                sums.count(Measures.TOKENS),
                cost,
                Money.of(sums.amount("input_cost")),
                Money.of(sums.amount("output_cost")),
                Money.of(sums.amount("cache_read_cost")),
                Money.of(sums.amount("cache_write_cost")),
                Money.of(sums.amount("other_cost")),
                Money.of(sums.amount("cache_savings")),
                sums.amount("units").stripTrailingZeros(),
                latency(sums),
                String.valueOf(CostClass.of(cost)),
                allocated == null ? null : Money.of(allocated));
    }

    private static @Nullable Double latency(Measures sums) {
        var calls = sums.count("latency_count");
        return calls == 0 ? null : (double) sums.count("latency_ms_sum") / calls;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
