package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts and counts as people write them: {@code $1,234.50}, {@code 3_000}, {@code 2 USD}. */
final class Amounts {
    private static final Pattern WRITTEN = Pattern.compile("[$]?\\s*(-?[0-9][0-9,_]*(?:\\.[0-9]+)?)\\s*(?:USD)?");
    private static final int MAX_DIGITS = 40;

    private Amounts() {}

    /** Null for what is none, or of a size that nothing has: added up, 1e100000000 would fill the memory. */
    static @Nullable BigDecimal of(JsonNode value) {
        if (value.isNumber()) {
            var number = value.decimalValue();
            return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS ? number : null;
        }
        var match = WRITTEN.matcher(value.asText("").strip());
        return match.matches() && match.group(1).length() < MAX_DIGITS
                ? new BigDecimal(match.group(1).replaceAll("[,_]", ""))
                : null;
    }

    /** The same object with numbers in some fields, where they hold amounts; whatever else they hold stays. */
    static ObjectNode plain(ObjectNode object, String... fields) {
        var plain = object.deepCopy();
        for (var field : fields) {
            var amount = of(object.path(field));
            if (amount != null) {
                plain.set(field, JsonNodeFactory.withExactBigDecimals(true).numberNode(amount));
            }
        }
        return plain;
    }
}
