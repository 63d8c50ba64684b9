package dev.centime.ingest.accept.otlp;

import dev.centime.ingest.accept.OtelUsage;
import dev.centime.ingest.accept.Payload;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which spans tell of an LLM call. An agent's or a workflow's span may carry the sum of its calls, which have spans of their own,
 * and one that fetches an earlier response tells of a call that was told of before: they cost nothing.
 */
final class CallSpans {
    static final String[] MODEL = {
        "gen_ai.response.model", "gen_ai.request.model", "langfuse.observation.model.name", "llm.model_name"
    };

    private static final Set<String> NO_CALLS = Set.of(
            "invoke_agent",
            "create_agent",
            "invoke_workflow",
            "execute_tool",
            "fetch_response",
            "retrieval",
            "plan",
            "create_memory",
            "search_memory",
            "update_memory",
            "delete_memory",
            "upsert_memory");
    private static final Set<String> CALLS =
            Set.of("chat", "text_completion", "generate_content", "embeddings", "completion", "embedding", "responses");
    private static final Set<String> LANGFUSE_CALLS = Set.of("generation", "embedding");
    private static final Set<String> OPEN_INFERENCE_CALLS = Set.of("llm", "embedding");
    private static final Set<String> OPEN_LLMETRY_CALLS = Set.of("chat", "completion", "embedding");

    private CallSpans() {}

    static boolean isCall(Payload attributes) {
        var langfuse = word(attributes, "langfuse.observation.type");
        if (langfuse != null) {
            return LANGFUSE_CALLS.contains(langfuse);
        }
        var operation = word(attributes, "gen_ai.operation.name");
        if (operation != null && (NO_CALLS.contains(operation) || CALLS.contains(operation))) {
            return CALLS.contains(operation);
        }
        var openInference = word(attributes, "openinference.span.kind");
        if (openInference != null) {
            return OPEN_INFERENCE_CALLS.contains(openInference);
        }
        if (attributes.has("traceloop.span.kind")) {
            return false;
        }
        var openLlmetry = word(attributes, "llm.request.type");
        return openLlmetry != null && OPEN_LLMETRY_CALLS.contains(openLlmetry)
                || OtelUsage.isIn(attributes) && attributes.has(MODEL);
    }

    private static @Nullable String word(Payload attributes, String name) {
        var word = attributes.label(64, name);
        return word == null ? null : word.toLowerCase(Locale.ROOT);
    }
}
