package dev.centime.ingest.accept;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import com.fasterxml.jackson.core.JsonParser;
import dev.centime.contracts.Money;
import dev.centime.ingest.command.recordusage.Submitted;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A {@code StandardLoggingPayload}, of the callback, or a row of the spend logs becomes a record.
 *
 * @see <a href="https://docs.litellm.ai/docs/proxy/logging_spec">StandardLoggingPayload</a>
 */
public final class LiteLlmCall {
    /** Prompts, answers and what may hold them. */
    public static final Set<String> NEVER_READ = Set.of(
            "messages",
            "response.choices",
            "response.output",
            "response.data",
            "response.instructions",
            "metadata.requester_custom_headers",
            "metadata.requester_metadata",
            "metadata.error_information.traceback",
            "metadata.error_information.error_message",
            "proxy_server_request",
            "model_parameters.tools",
            "model_parameters.functions",
            "model_map_information",
            "hidden_params.additional_headers",
            "error_str",
            "error_information.traceback",
            "error_information.error_message",
            "guardrail_information");

    private final Payload payload;
    private final Payload metadata;

    private LiteLlmCall(Payload payload) {
        this.payload = payload;
        this.metadata = payload.objectIfAny("metadata");
    }

    /** The payload that the parser stands at. @param now the moment of receipt */
    public static Submitted read(JsonParser json, int index, Instant now) throws IOException {
        return read(Payload.of(PayloadTree.read(json, NEVER_READ), now), "id", index);
    }

    /**
     * A payload, or a row of the table of spend logs, which has some of its fields under other names: the same call must become the
     * same record, whichever of the two is first.
     *
     * @param id the name of the field that its id must be in
     */
    public static Submitted read(Payload payload, String id, int index) {
        return new LiteLlmCall(payload).submitted(id, index);
    }

    private Submitted submitted(String idField, int index) {
        var callType = payload.label(NAME_LENGTH, "call_type");
        var usage = block();
        var cost = payload.cost("response_cost", "spend");
        var kind = LookBacks.of(callType, cost, usage.tokens());
        var start = payload.instant("startTime");
        var call = new ForeignCall()
                .id(id(idField, kind, callType))
                .timestamp(start)
                .latency(start, payload.instant("endTime"))
                .provider(payload.text(64, "custom_llm_provider"))
                .model(model())
                .operation(callType)
                .session(payload.text(KEY_LENGTH, "trace_id", "session_id"))
                .cacheHit("true".equalsIgnoreCase(payload.label(10, "cache_hit")));
        if (kind == LookBacks.Kind.LOOK) {
            call.reportedCost(Money.ZERO);
        } else {
            call.serviceTier(asked())
                    .serviceTier(answered())
                    .usage(usage)
                    .reportedCost(ReportedCosts.believed(cost, usage));
        }
        if (kind == LookBacks.Kind.FINISHED_BATCH) {
            call.serviceTier("batch");
        }
        outcome(call);
        attribution(call);
        return call.submitted(index, payload);
    }

    private @Nullable String id(String field, LookBacks.Kind kind, @Nullable String callType) {
        var id = payload.text(RecordKey.MAX_LENGTH, "id", "request_id", "litellm_call_id");
        if (id == null) {
            if (payload.errors().isEmpty()) {
                payload.error(field, "is required");
            }
            return null;
        }
        return switch (kind) {
            case CALL -> RecordKey.of(id);
            case LOOK -> RecordKey.of(String.valueOf(callType), id);
            case FINISHED_BATCH -> {
                // Spend logs go by a hash of the whole answer, which differs from poll to poll.
                var batch = payload.objectIfAny("response").text(RecordKey.MAX_LENGTH, "id");
                yield RecordKey.of("batch", batch == null ? id : batch);
            }
        };
    }

    private @Nullable String model() {
        var model = payload.text(KEY_LENGTH, "model", "model_group");
        if (model == null && payload.errors().isEmpty()) {
            payload.error("model", "is required");
        }
        return model;
    }

    private @Nullable String asked() {
        return ServiceTiers.read(payload.objectIfAny("model_parameters").label(40, "service_tier"));
    }

    /** Who asks for "auto" or for a faster tier than there is learns here what he got. */
    private @Nullable String answered() {
        return ServiceTiers.read(payload.objectIfAny("response").label(40, "service_tier"));
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
            var told = payload.has("error_information") ? payload : metadata;
            call.failed(told.objectIfAny("error_information").label(KEY_LENGTH, "error_class", "error_code"));
        }
    }

    /** The customer behind a key is the user; else the key's own. A team is a project. */
    private void attribution(ForeignCall call) {
        var customer = payload.text(KEY_LENGTH, "end_user");
        var keys = metadata.text(KEY_LENGTH, "user_api_key_user_id");
        var owner = keys == null ? payload.text(KEY_LENGTH, "user") : keys;
        var team = metadata.label(NAME_LENGTH, "user_api_key_team_alias", "user_api_key_team_id");
        var org = metadata.label(256, "user_api_key_org_id");
        call.user(customer == null ? owner : customer)
                .project(team == null ? payload.label(NAME_LENGTH, "team_id") : team)
                .tag("key", metadata.label(256, "user_api_key_alias"))
                .tag("org", org == null ? payload.label(256, "organization_id") : org)
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
