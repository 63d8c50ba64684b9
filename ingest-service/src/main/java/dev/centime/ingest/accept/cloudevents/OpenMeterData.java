package dev.centime.ingest.accept.cloudevents;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.ProviderUsage;
import dev.centime.ingest.accept.ReportedCosts;
import dev.centime.ingest.accept.ServiceTiers;
import dev.centime.ingest.accept.UsageBlock;
import dev.centime.ingest.command.recordusage.Origin;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data as it is sent to OpenMeter: what LiteLLM tells ({@code model, cost, prompt_tokens, …}), a provider's own usage block, or
 * the tokens of one kind ({@code model, tokens, type}).
 */
final class OpenMeterData {
    private OpenMeterData() {}

    /** Whether these are no names of Centime's own record. */
    static boolean fits(Payload data) {
        return data.has(
                "prompt_tokens",
                "completion_tokens",
                "total_tokens",
                "usage",
                "cost",
                "tokens",
                "input_tokens_details",
                "cache_read_input_tokens",
                "cache_creation_input_tokens");
    }

    static Submitted read(Payload data, ForeignCall call, int index) {
        var cost = data.cost("cost");
        var usage = usage(data);
        // OpenAI answers with the tier beside the block.
        call.serviceTier(ServiceTiers.read(data.label(40, "service_tier")));
        if (usage != null) {
            call.usage(usage);
        } else if (cost == null) {
            data.error("prompt_tokens", "is required: a token count or a cost must be given");
        }
        var model = data.text(KEY_LENGTH, "model");
        if (model == null && data.errors().isEmpty()) {
            data.error("model", "is required");
        }
        var user = data.text(KEY_LENGTH, "user");
        if (user != null) {
            call.user(user);
        }
        call.model(model)
                .provider(data.text(64, "provider", "custom_llm_provider"))
                .project(data.label(NAME_LENGTH, "project"))
                .session(data.text(KEY_LENGTH, "session"))
                .reportedCost(ReportedCosts.believed(cost, usage));
        return call.submitted(index, data);
    }

    private static @Nullable UsageBlock usage(Payload data) {
        var block = data.has("usage") ? data.object("usage") : data;
        if (ProviderUsage.fits(block)) {
            return ProviderUsage.read(block);
        }
        if (!data.has("tokens")) {
            return null;
        }
        var tokens = data.count("tokens");
        var type = data.label(NAME_LENGTH, "type");
        var output = "output".equals(type) || "completion".equals(type);
        return new UsageBlock(output ? Tokens.of(0, tokens) : Tokens.of(tokens, 0), Map.of(), null, null, Origin.OWN);
    }
}
