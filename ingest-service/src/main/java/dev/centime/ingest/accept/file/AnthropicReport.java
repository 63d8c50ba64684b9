package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.AnthropicUsage;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import java.time.Instant;
import java.util.List;

/**
 * A result of Anthropic's usage or cost report. It does not say how many calls there were; the fewest that so many tokens can have
 * been are taken, since a call is never larger than its context window. A cost is told in cents.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/usage-cost-api">Usage and Cost API</a>
 */
final class AnthropicReport implements ProviderReports.Provider {
    private static final long SMALL_WINDOW = 200_000;
    private static final long LARGE_WINDOW = 1_000_000;

    @Override
    public String name() {
        return "anthropic";
    }

    @Override
    public List<String> bucket() {
        return List.of("starting_at", "ending_at");
    }

    @Override
    public List<String> groups() {
        return List.of(
                "workspace_id",
                "api_key_id",
                "model",
                "service_tier",
                "context_window",
                "cost_type",
                "token_type",
                "description");
    }

    @Override
    public void attribute(ForeignCall call, Payload result) {
        call.tag("workspace_id", result.label(256, "workspace_id"));
    }

    @Override
    public void money(ForeignCall call, Payload result) {
        var currency = result.label(10, "currency");
        if (currency != null && !currency.equalsIgnoreCase("usd")) {
            result.error("currency", "must be USD");
        }
        var model = result.label(ForeignCall.KEY_LENGTH, "model", "description");
        call.model(model == null ? "all models" : model).reportedCost(result.cents("amount"));
    }

    @Override
    public void tokens(ForeignCall call, Payload result) {
        // In a report, the same block with another name for what was not cached.
        ObjectNode block = result.node().deepCopy();
        block.set("input_tokens", block.path("uncached_input_tokens"));
        block.remove("uncached_input_tokens");
        var payload = Payload.of(block, Instant.EPOCH);
        var usage = AnthropicUsage.read(payload);
        payload.errors().forEach(error -> result.error(error.field(), error.reason()));
        var window = "200k-1M".equals(result.label(20, "context_window")) ? LARGE_WINDOW : SMALL_WINDOW;
        call.usage(usage).bucketOf(Math.ceilDiv(usage.tokens().context(), window));
    }
}
