package dev.centime.ingest.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a source's usage block is kept on the event: its numbers under their names, and in a list of objects the one word that says
 * what each is of; nothing that could be text of a prompt.
 * The same block makes the same tree as reading it back from the log does, so that a repeat is recognized.
 */
final class RawUsage {
    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int MAX_FIELDS = 60;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_NAME_LENGTH = 100;
    private static final int MAX_DIGITS = 30;

    private static final Set<String> KINDS = Set.of("type", "modality");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    private int left = MAX_FIELDS;

    private RawUsage() {}

    /** Null when the block has no number. */
    static @Nullable JsonNode of(JsonNode block) {
        var kept = new RawUsage().numbers(block, MAX_DEPTH);
        return kept.isEmpty() ? null : kept;
    }

    private ObjectNode numbers(JsonNode block, int depth) {
        var kept = NODES.objectNode();
        for (var field : block.properties()) {
            if (left == 0 || !Labels.isReadable(field.getKey(), MAX_NAME_LENGTH)) {
                continue;
            }
            var value = field.getValue();
            if (value.isNumber()) {
                keep(kept, field.getKey(), value.decimalValue());
            } else if (value.isObject() && depth > 1) {
                var inner = numbers(value, depth - 1);
                if (!inner.isEmpty()) {
                    kept.set(field.getKey(), inner);
                }
            } else if (value.isArray() && depth > 1) {
                var items = items(value, depth - 1);
                if (!items.isEmpty()) {
                    kept.set(field.getKey(), items);
                }
            }
        }
        return kept;
    }

    private ArrayNode items(JsonNode block, int depth) {
        var kept = NODES.arrayNode();
        for (int i = 0; i < block.size() && left > 0; i++) {
            var item = block.get(i);
            var numbers = item.isObject() ? numbers(item, depth) : NODES.objectNode();
            if (!numbers.isEmpty()) {
                KINDS.stream()
                        .filter(kind -> WORD.matcher(item.path(kind).asText("")).matches())
                        .filter(kind -> item.path(kind).isTextual())
                        .forEach(kind -> numbers.put(kind, item.get(kind).textValue()));
                kept.add(numbers);
            }
        }
        return kept;
    }

    private void keep(ObjectNode kept, String name, BigDecimal number) {
        if (Math.abs((long) number.scale()) > MAX_DIGITS || number.precision() > MAX_DIGITS) {
            return;
        }
        left--;
        var plain = number.stripTrailingZeros();
        kept.set(name, plain.scale() > 0 ? NODES.numberNode(plain) : integer(plain.toBigIntegerExact()));
    }

    private static JsonNode integer(BigInteger integer) {
        if (integer.bitLength() < 32) {
            return NODES.numberNode(integer.intValueExact());
        }
        return integer.bitLength() < 64 ? NODES.numberNode(integer.longValueExact()) : NODES.numberNode(integer);
    }
}
