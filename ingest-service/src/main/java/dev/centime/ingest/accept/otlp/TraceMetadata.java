package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** Langfuse's metadata of a trace: an attribute for each of its fields, or all of them as JSON in one. */
final class TraceMetadata {
    private static final String NAME = "langfuse.trace.metadata";

    /** As many as leave room for other tags. */
    private static final int MAX_FIELDS = 16;

    /** What is longer describes nothing: it may be what was said. */
    private static final int MAX_LENGTH = 200;

    private TraceMetadata() {}

    /** Plain values by name; what is no plain value is of no use as a tag. */
    static Map<String, String> of(ObjectNode attributes) {
        var found = new LinkedHashMap<String, String>();
        var whole = attributes.path(NAME);
        var embedded = whole.isTextual() ? Attributes.embedded(whole.textValue()) : whole;
        if (embedded != null) {
            embedded.properties().forEach(field -> put(found, field.getKey(), field.getValue()));
        }
        attributes.properties().forEach(one -> {
            if (one.getKey().startsWith(NAME + ".")) {
                put(found, one.getKey().substring(NAME.length() + 1), one.getValue());
            }
        });
        return found;
    }

    private static void put(Map<String, String> found, String name, JsonNode value) {
        var plain = value.isValueNode() && !value.isNull() && value.asText().length() <= MAX_LENGTH;
        if (plain && found.size() < MAX_FIELDS) {
            found.put(name, value.asText());
        }
    }
}
