package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.LiteLlmCall;
import dev.centime.ingest.accept.PayloadTree;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How the table of spend logs writes values. */
final class LiteLlmValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final Set<String> NUMBERS = Set.of("spend", "prompt_tokens", "completion_tokens", "total_tokens");

    /** Columns of JSON, with what in them is never read. */
    private static final Map<String, Set<String>> EMBEDDED =
            Map.of("metadata", neverRead("metadata"), "request_tags", Set.of(), "response", neverRead("response"));

    private static final int MAX_NUMBER_LENGTH = 60;

    private LiteLlmValues() {}

    /** A row as the callback's payload has it: columns without a value hold the empty text, some hold JSON as text. */
    static ObjectNode plain(ObjectNode row) {
        var plain = NODES.objectNode();
        row.properties().forEach(field -> {
            var name = field.getKey();
            var neverRead = EMBEDDED.get(name);
            var value = neverRead == null ? field.getValue() : embedded(field.getValue(), neverRead);
            if (!value.isTextual() || !value.textValue().isBlank()) {
                plain.set(name, value);
            }
        });
        return plain;
    }

    /** JSON, or JSON as text within it, without what is never read; nothing when it is neither. */
    private static JsonNode embedded(JsonNode value, Set<String> neverRead) {
        if (!value.isTextual()) {
            return value;
        }
        try (var json = JsonRows.JSON.createParser(value.asText())) {
            return json.nextToken() == null ? NODES.nullNode() : PayloadTree.read(json, neverRead);
        } catch (IOException e) {
            return NODES.nullNode();
        }
    }

    private static Set<String> neverRead(String name) {
        return LiteLlmCall.NEVER_READ.stream()
                .filter(path -> path.startsWith(name + "."))
                .map(path -> path.substring(name.length() + 1))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A cell of an exported table as JSON has it. */
    static JsonNode ofCell(String column, String value) {
        try {
            var number = NUMBERS.contains(column) && value.length() <= MAX_NUMBER_LENGTH ? new BigDecimal(value) : null;
            // Written out, 1e999999999 would fill the memory of whoever does it.
            return number != null && Math.abs((long) number.scale()) <= MAX_NUMBER_LENGTH
                    ? NODES.numberNode(number)
                    : NODES.textNode(value);
        } catch (NumberFormatException e) {
            return NODES.textNode(value);
        }
    }
}
