package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.kit.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which attributes are read at all. Others, and long texts (prompts and answers are that), are let go at once. */
final class Attributes {
    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    static final int MAX_ITEMS = 100;

    private static final int MAX_TEXT_LENGTH = 8192;
    private static final List<String> PREFIXES =
            List.of("gen_ai.", "llm.", "langfuse.", "centime.", "openai.", "openinference.", "traceloop.");
    private static final Set<String> NAMES = Set.of(
            "service.name",
            "deployment.environment",
            "deployment.environment.name",
            "user.id",
            "enduser.id",
            "session.id",
            "error.type");

    private final ObjectNode kept = NODES.objectNode();

    static boolean isRead(String name) {
        return NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** @param value null for what is no scalar and no list of them */
    void put(String name, @Nullable JsonNode value) {
        if (value != null
                && isRead(name)
                && (!value.isTextual() || value.textValue().length() <= MAX_TEXT_LENGTH)) {
            kept.set(name, value);
        }
    }

    /** What is in a text that holds JSON; null when it holds none. */
    static @Nullable JsonNode embedded(String text) {
        try {
            return JsonBody.read(text.getBytes(StandardCharsets.UTF_8), json -> PayloadTree.read(json, Set.of()));
        } catch (Problem malformed) {
            return null;
        }
    }

    ObjectNode kept() {
        return kept;
    }
}
