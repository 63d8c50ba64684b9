package dev.centime.ingest.accept.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.Labels;
import java.util.List;

/** What is kept of what is told of a generation or a trace: what a record is made of, nothing of what was said. */
final class Facts {
    static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private static final List<String> KEPT = List.of(
            "traceId",
            "name",
            "startTime",
            "endTime",
            "model",
            "usage",
            "usageDetails",
            "costDetails",
            "level",
            "environment",
            "promptName",
            "userId",
            "sessionId",
            "tags",
            "release");
    private static final int MAX_TEXT_LENGTH = 500;
    private static final int MAX_ITEMS = 60;
    private static final int MAX_DEPTH = 3;

    private Facts() {}

    static ObjectNode of(ObjectNode body) {
        var facts = NODES.objectNode();
        for (var name : KEPT) {
            if (body.hasNonNull(name)) {
                facts.set(name, kept(body.get(name), MAX_DEPTH));
            }
        }
        return facts;
    }

    /** Of bounded size, and without what the database takes in no text. */
    private static JsonNode kept(JsonNode value, int depth) {
        if (value.isTextual()) {
            var label = Labels.of(value.textValue(), MAX_TEXT_LENGTH);
            return NODES.textNode(label == null ? "" : label);
        }
        if (value.isValueNode() || depth == 0) {
            return value.isValueNode() ? value : NODES.nullNode();
        }
        if (value.isArray()) {
            var array = NODES.arrayNode();
            for (int i = 0; i < Math.min(value.size(), MAX_ITEMS); i++) {
                array.add(kept(value.get(i), depth - 1));
            }
            return array;
        }
        var object = NODES.objectNode();
        value.properties().stream()
                .filter(field -> Labels.isReadable(field.getKey(), MAX_TEXT_LENGTH))
                .limit(MAX_ITEMS)
                .forEach(field -> object.set(field.getKey(), kept(field.getValue(), depth - 1)));
        return object;
    }
}
