package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Money;
import dev.centime.ingest.accept.AnthropicUsage;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.ServiceTiers;
import dev.centime.ingest.command.recordusage.Submitted;

/**
 * A result of Anthropic's usage or cost report. It does not say how many calls there were; the fewest that so many tokens can have
 * been are taken, since a call is never larger than its context window. A cost is told in cents.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/usage-cost-api">Usage and Cost API</a>
 */
final class AnthropicReport implements ProviderReports.Result {
    private static final long SMALL_WINDOW = 200_000;
    private static final long LARGE_WINDOW = 1_000_000;

    @Override
    public Submitted read(Payload bucket, Payload result) {
        var start = bucket.instant("starting_at");
        if (start == null && bucket.errors().isEmpty()) {
            bucket.error("starting_at", "is required");
        }
        bucket.errors().forEach(error -> result.error(error.field(), error.reason()));
        var call = new ForeignCall()
                .timestamp(start)
                .provider("anthropic")
                .tag("workspace_id", result.label(256, "workspace_id"))
                .tag("api_key_id", result.label(256, "api_key_id"));
        if (result.has("amount")) {
            money(call, result);
        } else {
            tokens(call, result);
        }
        return call.id(id(bucket, result)).submitted(0, result);
    }

    private static void money(ForeignCall call, Payload result) {
        var currency = result.label(10, "currency");
        if (currency != null && !currency.equalsIgnoreCase("usd")) {
            result.error("currency", "must be USD");
        }
        var cents = result.cost("amount");
        var model = result.label(ForeignCall.KEY_LENGTH, "model", "description");
        call.model(model == null ? "all models" : model)
                .reportedCost(cents == null ? null : Money.of(cents.amount().movePointLeft(2)))
                .bucketOf(1);
    }

    private static void tokens(ForeignCall call, Payload result) {
        var model = result.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && result.errors().isEmpty()) {
            result.error("model", "is required: ask for the report grouped by model");
        }
        // In a report, the same block with another name for what was not cached.
        ObjectNode block = result.node().isObject() ? result.node().deepCopy() : null;
        if (block == null) {
            return;
        }
        block.set("input_tokens", block.path("uncached_input_tokens"));
        block.remove("uncached_input_tokens");
        var payload = Payload.of(block, java.time.Instant.EPOCH);
        var usage = AnthropicUsage.read(payload);
        payload.errors().forEach(error -> result.error(error.field(), error.reason()));
        var window = "200k-1M".equals(result.label(20, "context_window")) ? LARGE_WINDOW : SMALL_WINDOW;
        call.model(model)
                .usage(usage)
                .serviceTier(ServiceTiers.read(result.label(40, "service_tier")))
                .bucketOf(Math.ceilDiv(usage.tokens().context(), window));
    }

    private static String id(Payload bucket, Payload result) {
        return "anthropic:"
                + RowIds.of(
                        bucket.node().path("starting_at").asText(),
                        bucket.node().path("ending_at").asText(),
                        result.node().path("workspace_id").asText(),
                        result.node().path("api_key_id").asText(),
                        result.node().path("model").asText(),
                        result.node().path("service_tier").asText(),
                        result.node().path("context_window").asText(),
                        result.node().path("cost_type").asText(),
                        result.node().path("token_type").asText(),
                        result.node().path("description").asText());
    }
}
