package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.ServiceTiers;
import java.time.Instant;
import java.util.List;

/**
 * A result of OpenAI's usage or costs report: of calls by whatever it was grouped by, or of money by line item, which has no tokens.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/usage">Usage</a>
 */
final class OpenAiReport implements ProviderReports.Provider {
    @Override
    public String name() {
        return "openai";
    }

    @Override
    public List<String> bucket() {
        return List.of("start_time", "end_time");
    }

    @Override
    public List<String> groups() {
        return List.of("object", "project_id", "user_id", "api_key_id", "model", "batch", "line_item");
    }

    @Override
    public void attribute(ForeignCall call, Payload result) {
        call.project(result.label(ForeignCall.NAME_LENGTH, "project_id"))
                .user(result.label(ForeignCall.KEY_LENGTH, "user_id"));
    }

    @Override
    public void money(ForeignCall call, Payload result) {
        var amount = result.object("amount");
        if (!"usd".equalsIgnoreCase(amount.label(10, "currency"))) {
            amount.error("currency", "must be usd");
        }
        var item = result.label(ForeignCall.KEY_LENGTH, "line_item");
        call.model(item == null ? "all models" : item).reportedCost(amount.cost("value"));
    }

    @Override
    public void tokens(ForeignCall call, Payload result) {
        var block = JsonNodeFactory.instance.objectNode();
        block.put("input_tokens", result.count("input_tokens"))
                .putObject("input_tokens_details")
                .put("cached_tokens", result.count("input_cached_tokens"))
                .put("audio_tokens", result.count("input_audio_tokens"));
        block.put("output_tokens", result.count("output_tokens"))
                .putObject("output_tokens_details")
                .put("audio_tokens", result.count("output_audio_tokens"));
        call.usage(OpenAiUsage.read(Payload.of(block, Instant.EPOCH)))
                .serviceTier(ServiceTiers.read(result.label(40, "service_tier")))
                .serviceTier(Boolean.TRUE.equals(result.flag("batch")) ? "batch" : null)
                .bucketOf(result.count("num_model_requests"));
    }
}
