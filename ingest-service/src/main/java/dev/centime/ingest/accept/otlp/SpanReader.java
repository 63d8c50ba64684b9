package dev.centime.ingest.accept.otlp;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import dev.centime.contracts.Money;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.LangfuseUsage;
import dev.centime.ingest.accept.OtelUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.ReportedCosts;
import dev.centime.ingest.accept.ServiceTiers;
import dev.centime.ingest.accept.UsageBlock;
import dev.centime.ingest.command.recordusage.Submitted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A span of a call becomes a record of it. */
final class SpanReader {
    private static final String LANGFUSE_USAGE = "langfuse.observation.usage_details";
    private static final String LANGFUSE_COST = "langfuse.observation.cost_details";

    private final SentSpan span;
    private final Payload attributes;

    private SpanReader(SentSpan span, Instant now) {
        this.span = span;
        this.attributes = Payload.of(span.attributes(), now);
    }

    static boolean isCall(SentSpan span, Instant now) {
        return span.fault() != null || CallSpans.isCall(Payload.of(span.attributes(), now));
    }

    /** @param now the moment of receipt */
    static Submitted read(SentSpan span, int index, Instant now) {
        return span.fault() == null
                ? new SpanReader(span, now).submitted(index)
                : Submitted.refused(index, span.spanId(), List.of(span.fault()));
    }

    private Submitted submitted(int index) {
        embedded(LANGFUSE_USAGE);
        embedded(LANGFUSE_COST);
        var start = moment("startTimeUnixNano", span.startNanos());
        var end = moment("endTimeUnixNano", span.endNanos());
        var call = new ForeignCall()
                .id(id())
                .timestamp(start == null ? end : start)
                .latency(start, end)
                .provider(attributes.text(64, "gen_ai.provider.name", "gen_ai.system", "llm.provider", "llm.system"))
                .model(model())
                .operation(
                        attributes.label(NAME_LENGTH, "centime.operation", "gen_ai.operation.name", "llm.request.type"))
                .user(attributes.text(KEY_LENGTH, "user.id", "enduser.id", "langfuse.user.id", "gen_ai.user"))
                .project(project())
                .experiment(attributes.label(
                        NAME_LENGTH, "centime.experiment", "langfuse.experiment.name", "langfuse.experiment.id"))
                .session(attributes.text(KEY_LENGTH, "gen_ai.conversation.id", "session.id", "langfuse.session.id"))
                .run(attributes.text(KEY_LENGTH, "centime.run"))
                .serviceTier(ServiceTiers.read(attributes.label(
                        40,
                        "openai.response.service_tier",
                        "gen_ai.openai.response.service_tier",
                        "openai.request.service_tier",
                        "gen_ai.openai.request.service_tier")));
        usage(call);
        outcome(call);
        tags(call);
        return call.submitted(index, attributes);
    }

    private void usage(ForeignCall call) {
        var cost = cost();
        var usage = block();
        if (usage != null) {
            call.usage(usage);
        } else if (cost == null && !failed()) {
            attributes.error("gen_ai.usage.input_tokens", "is required: the span does not say what the call used");
        }
        call.reportedCost(ReportedCosts.believed(cost, usage));
    }

    private @Nullable UsageBlock block() {
        if (attributes.has(LANGFUSE_USAGE)) {
            return LangfuseUsage.read(attributes.object(LANGFUSE_USAGE));
        }
        return OtelUsage.isIn(attributes) ? OtelUsage.read(attributes) : null;
    }

    private @Nullable Money cost() {
        return attributes.has(LANGFUSE_COST)
                ? ReportedCosts.ofDetails(attributes.object(LANGFUSE_COST))
                : attributes.cost("gen_ai.usage.cost", "gen_ai.usage.total_cost", "llm.cost.total");
    }

    private void outcome(ForeignCall call) {
        if (failed()) {
            call.failed(attributes.label(KEY_LENGTH, "error.type"));
        }
    }

    private boolean failed() {
        return span.failed() || attributes.has("error.type");
    }

    private void tags(ForeignCall call) {
        // First, so that whatever has a name of its own counts for more.
        TraceMetadata.of(span.attributes()).forEach(call::tag);
        call.tag("agent", attributes.label(256, "gen_ai.agent.name"))
                .tag("workflow", attributes.label(256, "gen_ai.workflow.name"))
                .tag("prompt", attributes.label(256, "gen_ai.prompt.name", "langfuse.observation.prompt.name"))
                .tag(
                        "environment",
                        attributes.label(
                                256, "langfuse.environment", "deployment.environment.name", "deployment.environment"));
        call.tag("release", attributes.label(256, "langfuse.release"));
        attributes.labels("langfuse.trace.tags", 256).forEach(call::word);
        span.attributes().properties().forEach(one -> {
            if (one.getKey().startsWith("centime.tag.") && one.getValue().isValueNode()) {
                call.tag(
                        one.getKey().substring("centime.tag.".length()),
                        one.getValue().asText());
            }
        });
    }

    private @Nullable String id() {
        if (span.traceId().isEmpty() || span.spanId().isEmpty()) {
            attributes.error(span.traceId().isEmpty() ? "traceId" : "spanId", "is required");
            return null;
        }
        return span.traceId() + "-" + span.spanId();
    }

    private @Nullable String model() {
        var model = attributes.text(KEY_LENGTH, CallSpans.MODEL);
        if (model == null && attributes.errors().isEmpty()) {
            attributes.error("gen_ai.request.model", "is required");
        }
        return model;
    }

    /** The service is the project, unless nobody named it. */
    private @Nullable String project() {
        var project = attributes.label(NAME_LENGTH, "centime.project", "service.name");
        return project == null || project.startsWith("unknown_service") ? null : project;
    }

    private @Nullable Instant moment(String name, long nanos) {
        return nanos == 0 ? null : attributes.within(name, Instant.EPOCH.plus(nanos, ChronoUnit.NANOS));
    }

    /** Langfuse's SDKs put JSON into a text. */
    private void embedded(String name) {
        var text = span.attributes().path(name);
        if (!text.isTextual()) {
            return;
        }
        var object = Attributes.embedded(text.textValue());
        if (object == null) {
            span.attributes().remove(name);
            attributes.error(name, "must be an object in JSON");
        } else {
            span.attributes().set(name, object);
        }
    }
}
