package dev.centime.ingest.accept.langfuse;

import static dev.centime.ingest.accept.ForeignCall.KEY_LENGTH;
import static dev.centime.ingest.accept.ForeignCall.NAME_LENGTH;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Money;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.LangfuseUsage;
import dev.centime.ingest.accept.Payload;
import dev.centime.ingest.accept.ReportedCosts;
import dev.centime.ingest.accept.UsageBlock;
import dev.centime.ingest.command.recordusage.Submitted;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of a generation and its trace becomes a record. */
final class GenerationReader {
    private static final Pattern OF_THE_QUESTION = Pattern.compile("(?i).*(?:input|prompt|cache).*");
    private static final Pattern TOTAL = Pattern.compile("(?i)total(?:_?tokens?|_?token_?count)?");

    private final Payload facts;
    private final Payload trace;

    private GenerationReader(Payload facts, Payload trace) {
        this.facts = facts;
        this.trace = trace;
    }

    /** Whether it is told what the call used or cost, or that it failed; else there is more to come. */
    static boolean isWhole(JsonNode facts) {
        var ended = facts.has("endTime");
        return isSaid(facts.path("usageDetails"), ended)
                || isSaid(facts.path("usage"), ended)
                || isSaid(facts.path("costDetails"), ended)
                || failed(facts);
    }

    /** Until the call has ended, zeros and what the question took tell nothing of the answer. What is no block at all is for the reader to refuse. */
    private static boolean isSaid(JsonNode block, boolean ended) {
        if (!block.isObject()) {
            return !block.isMissingNode();
        }
        if (ended) {
            return !block.isEmpty();
        }
        var asked = block.propertyStream()
                .anyMatch(count -> OF_THE_QUESTION.matcher(count.getKey()).matches());
        return block.propertyStream().anyMatch(count -> isSaid(count.getKey(), count.getValue(), asked));
    }

    /** @param asked whether what the question took stands beside it, so that a total may be of that alone */
    private static boolean isSaid(String bucket, JsonNode count, boolean asked) {
        if (!count.isNumber()) {
            return count.isValueNode() && !count.isNull() && !bucket.equals("unit");
        }
        return count.asDouble() != 0
                && !OF_THE_QUESTION.matcher(bucket).matches()
                && !(asked && TOTAL.matcher(bucket).matches());
    }

    private static boolean failed(JsonNode facts) {
        return facts.path("level").asText().equals("ERROR") && facts.has("endTime");
    }

    /** @param now the moment of receipt */
    static Submitted read(String id, JsonNode facts, JsonNode trace, int index, Instant now) {
        return new GenerationReader(Payload.of(facts, now), Payload.of(trace, now)).submitted(id, index);
    }

    private Submitted submitted(String id, int index) {
        var usage = usage();
        var start = facts.instant("startTime");
        var end = facts.instant("endTime");
        var call = new ForeignCall()
                .id(id)
                .timestamp(start == null ? end : start)
                .latency(start, end)
                .model(model())
                .operation(facts.label(NAME_LENGTH, "name"))
                .user(trace.label(KEY_LENGTH, "userId"))
                .session(trace.label(KEY_LENGTH, "sessionId"))
                .reportedCost(ReportedCosts.believed(cost(), usage))
                .tag("trace", trace.label(256, "name"))
                .tag("prompt", facts.label(256, "promptName"))
                .tag("environment", facts.has("environment") ? environment(facts) : environment(trace))
                .tag("release", trace.label(256, "release"));
        trace.labels("tags", 256).forEach(call::word);
        if (usage != null) {
            call.usage(usage);
        }
        if ("ERROR".equals(facts.label(20, "level"))) {
            call.failed(null);
        }
        return call.submitted(index, facts);
    }

    private static @Nullable String environment(Payload of) {
        return of.label(256, "environment");
    }

    private @Nullable String model() {
        var model = facts.text(KEY_LENGTH, "model");
        if (model == null && facts.errors().isEmpty()) {
            facts.error("model", "is required");
        }
        return model;
    }

    private @Nullable UsageBlock usage() {
        var details = facts.object("usageDetails");
        if (!details.isEmpty()) {
            return LangfuseUsage.read(details);
        }
        var usage = facts.object("usage");
        var unit = usage.label(20, "unit");
        if (unit != null && !unit.equals("TOKENS")) {
            if (cost() == null) {
                facts.error("usage.unit", "must be TOKENS where no cost is told");
            }
            return null;
        }
        return usage.isEmpty()
                ? null
                : LangfuseUsage.read(usage.only(
                        "input",
                        "output",
                        "total",
                        "promptTokens",
                        "completionTokens",
                        "totalTokens",
                        "prompt_tokens",
                        "completion_tokens",
                        "total_tokens"));
    }

    private @Nullable Money cost() {
        var details = facts.object("costDetails");
        return details.isEmpty() ? facts.object("usage").cost("totalCost") : ReportedCosts.ofDetails(details);
    }
}
