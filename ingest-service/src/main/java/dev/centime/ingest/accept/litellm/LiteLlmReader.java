package dev.centime.ingest.accept.litellm;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import com.fasterxml.jackson.core.JsonParser;
import dev.centime.contracts.Money;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.OpenAiUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.accept.ProviderUsage;
import dev.centime.ingest.accept.RecordKey;
import dev.centime.ingest.accept.ReportedCosts;
import dev.centime.ingest.accept.ServiceTiers;
import dev.centime.ingest.accept.UsageBlock;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code StandardLoggingPayload} becomes a record.
 *
 * @see <a href="https://docs.litellm.ai/docs/proxy/logging_spec">StandardLoggingPayload</a>
 */
final class LiteLlmReader {
    /** Prompts, answers and what may hold them. */
    private static final Set<String> NEVER_READ = Set.of(
            "messages",
            "response.choices",
            "response.output",
            "response.data",
            "response.instructions",
            "metadata.requester_custom_headers",
            "metadata.requester_metadata",
            "model_parameters.tools",
            "model_parameters.functions",
            "model_map_information",
            "hidden_params.additional_headers",
            "error_str",
            "error_information.traceback",
            "error_information.error_message",
            "guardrail_information");

    /** Calls that only look at an earlier response: they cost nothing, and are no repeat of the call that made it. */
    private static final Pattern LOOKS_BACK =
            Pattern.compile("a?(?:get|retrieve|list|delete|cancel)_(?:responses?|input_items|batch(?:es)?|files?)");

    private final Payload payload;
    private final Payload metadata;

    private LiteLlmReader(Payload payload) {
        this.payload = payload;
        this.metadata = payload.objectIfAny("metadata");
    }

    /** The payload that the parser stands at. @param now the moment of receipt */
    static Submitted read(JsonParser json, int index, Instant now) throws IOException {
        var payload = Payload.of(PayloadTree.read(json, NEVER_READ), now);
        return new LiteLlmReader(payload).submitted(index);
    }

    private Submitted submitted(int index) {
        var callType = payload.label(NAME_LENGTH, "call_type");
        var looksBack = callType != null && LOOKS_BACK.matcher(callType).matches();
        var start = payload.instant("startTime");
        var call = new ForeignCall()
                .id(id(looksBack ? callType : null))
                .timestamp(start)
                .latency(start, payload.instant("endTime"))
                .provider(payload.text(64, "custom_llm_provider"))
                .model(model())
                .operation(callType)
                .session(payload.text(KEY_LENGTH, "trace_id"))
                .cacheHit("true".equalsIgnoreCase(payload.label(10, "cache_hit")))
                .serviceTier(ServiceTiers.read(
                        payload.objectIfAny("model_parameters").label(40, "service_tier")));
        if (looksBack) {
            call.reportedCost(Money.ZERO);
        } else {
            usage(call);
        }
        outcome(call);
        attribution(call);
        return call.submitted(index, payload);
    }

    private @Nullable String id(@Nullable String callType) {
        var id = payload.text(RecordKey.MAX_LENGTH, "id", "litellm_call_id");
        if (id == null) {
            if (payload.errors().isEmpty()) {
                payload.error("id", "is required");
            }
            return null;
        }
        return callType == null ? RecordKey.of(id) : RecordKey.of(callType, id);
    }

    private @Nullable String model() {
        var model = payload.text(KEY_LENGTH, "model", "model_group");
        if (model == null && payload.errors().isEmpty()) {
            payload.error("model", "is required");
        }
        return model;
    }

    private void usage(ForeignCall call) {
        var usage = block();
        call.usage(usage).reportedCost(ReportedCosts.believed(payload.cost("response_cost"), usage));
    }

    /** What the provider said, as LiteLLM keeps it; else LiteLLM's own counts. */
    private UsageBlock block() {
        var kept = metadata.objectIfAny("usage_object");
        if (ProviderUsage.fits(kept)) {
            return ProviderUsage.read(kept);
        }
        var answered = payload.objectIfAny("response").objectIfAny("usage");
        return ProviderUsage.fits(answered)
                ? ProviderUsage.read(answered)
                : OpenAiUsage.read(payload.only("prompt_tokens", "completion_tokens", "total_tokens"));
    }

    private void outcome(ForeignCall call) {
        if ("failure".equals(payload.label(20, "status"))) {
            call.failed(payload.objectIfAny("error_information").label(KEY_LENGTH, "error_class", "error_code"));
        }
    }

    /** The customer behind a key is the user; else the key's own. A team is a project. */
    private void attribution(ForeignCall call) {
        var customer = payload.text(KEY_LENGTH, "end_user");
        var owner = metadata.text(KEY_LENGTH, "user_api_key_user_id");
        call.user(customer == null ? owner : customer)
                .project(metadata.label(NAME_LENGTH, "user_api_key_team_alias", "user_api_key_team_id"))
                .tag("key", metadata.label(256, "user_api_key_alias"))
                .tag("org", metadata.label(256, "user_api_key_org_id"))
                .tag("model_group", payload.label(256, "model_group"));
        if (customer != null) {
            call.tag("key_user", owner);
        }
        payload.labels("request_tags", 256).forEach(call::word);
        metadata.objectIfAny("spend_logs_metadata").node().properties().forEach(one -> {
            if (one.getValue().isValueNode()) {
                call.tag(
                        one.getKey(),
                        one.getValue().isNull() ? null : one.getValue().asText());
            }
        });
    }
}
