package dev.centime.ingest.accept.otlp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.accept.PayloadTree;
import java.io.IOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code {"key": …, "value": {"intValue": "5"}}}. One that is not of this form is none. */
final class JsonAttribute {
    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,18}");

    private JsonAttribute() {}

    /** The attribute that the parser stands at; afterwards it stands at its end. */
    static void read(JsonParser json, Attributes into) throws IOException {
        var sent = PayloadTree.read(json, Set.of());
        var key = sent.path("key").asText();
        if (Attributes.isRead(key)) {
            into.put(key, value(sent.path("value")));
        }
    }

    private static @Nullable JsonNode value(JsonNode value) {
        if (value.has("intValue")) {
            var written = value.get("intValue");
            return written.isTextual() && INTEGER.matcher(written.textValue()).matches()
                    ? Attributes.NODES.numberNode(Long.parseLong(written.textValue()))
                    : written;
        }
        for (var kind : new String[] {"stringValue", "doubleValue", "boolValue"}) {
            if (value.has(kind)) {
                return value.get(kind);
            }
        }
        return value.has("arrayValue") ? texts(value.get("arrayValue").path("values")) : null;
    }

    private static JsonNode texts(JsonNode values) {
        var array = Attributes.NODES.arrayNode();
        for (int i = 0; i < Math.min(values.size(), Attributes.MAX_ITEMS); i++) {
            var text = values.path(i).path("stringValue");
            if (text.isTextual()) {
                array.add(text.textValue());
            }
        }
        return array;
    }
}
