package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.centime.ingest.accept.ForeignCall;
import dev.centime.ingest.accept.Payload;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the table of spend logs writes values. */
final class LiteLlmValues {
    private static final ObjectMapper JSON = new ObjectMapper(JsonRows.JSON);
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final Set<String> NUMBERS = Set.of("spend", "prompt_tokens", "completion_tokens", "total_tokens");
    private static final int MAX_NUMBER_LENGTH = 60;

    private LiteLlmValues() {}

    /** JSON, or JSON as text within it; missing when it is neither. */
    static JsonNode embedded(JsonNode value) {
        if (!value.isTextual()) {
            return value;
        }
        try {
            var read = JSON.readTree(value.asText());
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** A cell of an exported table as JSON has it. */
    static JsonNode ofCell(String column, String value) {
        try {
            return NUMBERS.contains(column) && value.length() <= MAX_NUMBER_LENGTH
                    ? NODES.numberNode(new BigDecimal(value))
                    : NODES.textNode(value);
        } catch (NumberFormatException e) {
            return NODES.textNode(value);
        }
    }

    /** Columns without a value hold the empty text. */
    static @Nullable String firstSaid(Payload row, String... names) {
        for (var name : names) {
            var said = row.text(ForeignCall.KEY_LENGTH, name);
            if (said != null) {
                return said;
            }
        }
        return null;
    }
}
