package dev.centime.ingest.exports;

import dev.centime.ingest.view.sessions.SessionTotals;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of {@code layout=sessions}, by the names that {@code GET /sessions} has for them; models one after another. */
final class SessionColumns {
    static final List<Column<SessionTotals>> ALL = List.of(
            Column.text("session", SessionTotals::session),
            Column.instant("first_call_at", SessionTotals::firstCallAt),
            Column.instant("last_call_at", SessionTotals::lastCallAt),
            Column.text("models", session -> String.join(" ", session.models())),
            Column.whole("requests", SessionTotals::requests),
            Column.whole("unpriced_requests", SessionTotals::unpricedRequests),
            Column.whole("error_count", SessionTotals::errorCount),
            Column.whole("input_tokens", SessionTotals::inputTokens),
            Column.whole("output_tokens", SessionTotals::outputTokens),
            Column.whole("cache_read_tokens", SessionTotals::cacheReadTokens),
            Column.whole("cache_write_tokens", SessionTotals::cacheWriteTokens),
            Column.whole("reasoning_tokens", SessionTotals::reasoningTokens),
            Column.whole("total_tokens", SessionTotals::totalTokens),
            Column.money("total_cost", SessionTotals::totalCost),
            Column.money("input_cost", SessionTotals::inputCost),
            Column.money("output_cost", SessionTotals::outputCost),
            Column.money("cache_read_cost", SessionTotals::cacheReadCost),
            Column.money("cache_write_cost", SessionTotals::cacheWriteCost),
            Column.money("other_cost", SessionTotals::otherCost),
            Column.money("cache_savings", SessionTotals::cacheSavings),
            Column.number("units", SessionTotals::units),
            Column.number("avg_latency_ms", session -> latency(session.avgLatencyMs())),
            Column.text("cost_class", SessionTotals::costClass),
            Column.money("budget_allocated", SessionTotals::budgetAllocated));

    /** Of a picosecond: a mean has no end of digits, and a column of numbers has one. */
    private static final int LATENCY_SCALE = 9;

    private SessionColumns() {}

    private static @Nullable BigDecimal latency(@Nullable Double meanMs) {
        return meanMs == null
                ? null
                : BigDecimal.valueOf(meanMs)
                        .setScale(LATENCY_SCALE, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
    }
}
