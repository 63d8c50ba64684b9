package dev.centime.ingest.view.costs.question;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.PlainNumber;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is told of any set of calls. */
@Schema(name = "CallFigures")
public record CallFigures(
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
        @Nullable Double avgLatencyMs,
        long errorCount,
        @Nullable Double errorRate) {

    /** The columns that they are made of, and the calls without a cost, which every answer counts beside them. */
    public static final List<String> MEASURES = Stream.concat(
                    Measures.TOKENS.stream(),
                    Stream.of(
                            "total_cost",
                            "input_cost",
                            "output_cost",
                            "cache_savings",
                            "requests",
                            "unpriced_requests",
                            "units",
                            "latency_ms_sum",
                            "latency_count",
                            "error_count"))
            .toList();

    public static CallFigures of(Measures sums) {
        var cost = sums.amount("total_cost");
        var units = sums.amount("units").stripTrailingZeros();
        return new CallFigures(
                Money.of(cost),
                Money.of(sums.amount("input_cost")),
                Money.of(sums.amount("output_cost")),
                Money.of(sums.amount("cache_savings")),
                sums.count("input_tokens"),
                sums.count("output_tokens"),
                sums.count("cache_read_tokens"),
                sums.count(List.of("cache_write_tokens", "cache_write_1h_tokens")),
                sums.count(Measures.TOKENS),
                sums.count("requests"),
                units,
                Ratios.perUnit(cost, units),
                Ratios.average(sums.count("latency_ms_sum"), sums.count("latency_count")),
                sums.count("error_count"),
                Ratios.average(sums.count("error_count"), sums.count("requests")));
    }
}
