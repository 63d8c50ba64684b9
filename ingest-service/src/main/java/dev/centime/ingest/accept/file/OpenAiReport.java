package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.command.recordusage.Submitted;

/**
 * A result of OpenAI's usage or costs report: of calls by whatever it was grouped by, or of money by line item, which has no tokens.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/usage">Usage</a>
 */
final class OpenAiReport implements ProviderReports.Result {
    @Override
    public Submitted read(Payload bucket, Payload result) {
        var start = bucket.instant("start_time");
        if (start == null && bucket.errors().isEmpty()) {
            bucket.error("start_time", "is required");
        }
        bucket.errors().forEach(error -> result.error(error.field(), error.reason()));
        var call = new ForeignCall()
                .timestamp(start)
                .provider("openai")
                .project(result.label(ForeignCall.NAME_LENGTH, "project_id"))
                .user(result.label(ForeignCall.KEY_LENGTH, "user_id"))
                .tag("api_key_id", result.label(256, "api_key_id"));
        if (result.has("amount")) {
            money(call, result);
        } else {
            tokens(call, result);
        }
        return call.id(id(bucket, result)).submitted(0, result);
    }

    private static void money(ForeignCall call, Payload result) {
        var amount = result.object("amount");
        if (!"usd".equalsIgnoreCase(amount.label(10, "currency"))) {
            amount.error("currency", "must be usd");
        }
        var item = result.label(ForeignCall.KEY_LENGTH, "line_item");
        call.model(item == null ? "all models" : item)
                .reportedCost(amount.cost("value"))
                .bucketOf(1);
    }

    private static void tokens(ForeignCall call, Payload result) {
        var model = result.text(ForeignCall.KEY_LENGTH, "model");
        if (model == null && result.errors().isEmpty()) {
            result.error("model", "is required: ask for the report grouped by model");
        }
        var block = JsonNodeFactory.instance.objectNode();
        block.put("input_tokens", result.count("input_tokens"))
                .putObject("input_tokens_details")
                .put("cached_tokens", result.count("input_cached_tokens"))
                .put("audio_tokens", result.count("input_audio_tokens"));
        block.put("output_tokens", result.count("output_tokens"))
                .putObject("output_tokens_details")
                .put("audio_tokens", result.count("output_audio_tokens"));
        call.model(model)
                .usage(OpenAiUsage.read(Payload.of(block, java.time.Instant.EPOCH)))
                .serviceTier(Boolean.TRUE.equals(result.flag("batch")) ? "batch" : null)
                .bucketOf(result.count("num_model_requests"));
    }

    /** The bucket and whatever the report is grouped by: asked for again, it is the same record. */
    private static String id(Payload bucket, Payload result) {
        return "openai:"
                + RowIds.of(
                        bucket.node().path("start_time").asText(),
                        bucket.node().path("end_time").asText(),
                        result.node().path("object").asText(),
                        result.node().path("project_id").asText(),
                        result.node().path("user_id").asText(),
                        result.node().path("api_key_id").asText(),
                        result.node().path("model").asText(),
                        result.node().path("batch").asText(),
                        result.node().path("line_item").asText());
    }
}
