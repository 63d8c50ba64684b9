package dev.centime.ingest.exports;

import dev.centime.ingest.view.calls.UsageCall;
import java.util.List;

/** The columns of {@code layout=calls}, by the names that {@code GET /usage} has for them. */
final class CallColumns {
    static final List<Column<UsageCall>> ALL = List.of(
            Column.text("id", UsageCall::id),
            Column.instant("timestamp", UsageCall::timestamp),
            Column.text("provider", UsageCall::provider),
            Column.text("model", UsageCall::model),
            Column.text("service_tier", UsageCall::serviceTier),
            Column.text("region", UsageCall::region),
            Column.text("operation", UsageCall::operation),
            Column.text("user", UsageCall::user),
            Column.text("project", UsageCall::project),
            Column.text("experiment", UsageCall::experiment),
            Column.text("session", UsageCall::session),
            Column.text("run", UsageCall::run),
            Column.map("tags", UsageCall::tags),
            Column.whole("input_tokens", UsageCall::inputTokens),
            Column.whole("output_tokens", UsageCall::outputTokens),
            Column.whole("cache_read_tokens", UsageCall::cacheReadTokens),
            Column.whole("cache_write_tokens", UsageCall::cacheWriteTokens),
            Column.whole("cache_write_1h_tokens", UsageCall::cacheWrite1hTokens),
            Column.whole("reasoning_tokens", UsageCall::reasoningTokens),
            Column.whole("input_audio_tokens", UsageCall::inputAudioTokens),
            Column.whole("output_audio_tokens", UsageCall::outputAudioTokens),
            Column.whole("input_image_tokens", UsageCall::inputImageTokens),
            Column.whole("output_image_tokens", UsageCall::outputImageTokens),
            Column.map("tool_calls", UsageCall::toolCalls),
            Column.text("status", call -> call.status().text()),
            Column.text("error_type", UsageCall::errorType),
            Column.text("retry_of", UsageCall::retryOf),
            Column.whole("latency_ms", UsageCall::latencyMs),
            Column.flag("cache_hit", UsageCall::cacheHit),
            Column.whole("requests", UsageCall::requests),
            Column.flag("aggregated", UsageCall::aggregated),
            Column.number("units", UsageCall::units),
            Column.text("unit_name", UsageCall::unitName),
            Column.text("cost_source", call -> call.costSource().text()),
            Column.money("total_cost", UsageCall::totalCost),
            Column.money("input_cost", UsageCall::inputCost),
            Column.money("output_cost", UsageCall::outputCost),
            Column.money("cache_read_cost", UsageCall::cacheReadCost),
            Column.money("cache_write_cost", UsageCall::cacheWriteCost),
            Column.money("other_cost", UsageCall::otherCost),
            Column.money("cache_savings", UsageCall::cacheSavings),
            Column.text("price_id", UsageCall::priceId),
            Column.money("reported_cost", UsageCall::reportedCost),
            Column.money("estimated_cost", UsageCall::estimatedCost),
            Column.money("recorded_cost", UsageCall::recordedCost),
            Column.text("cost_class", UsageCall::costClass),
            Column.text("source", UsageCall::source));

    private CallColumns() {}
}
