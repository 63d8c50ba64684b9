package dev.centime.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.math.BigDecimal;

/** An exact decimal from a string or a number, read from its text, so that no double stands in between. */
final class DecimalReader extends StdDeserializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    /** No amount that can be stored needs more; a megabyte of digits would only cost time. */
    private static final int MAX_LENGTH = 100;

    /** Written out, 1e999999999 would fill the memory. */
    private static final int MAX_SCALE = 100;

    DecimalReader() {
        super(BigDecimal.class);
    }

    @Override
    public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
        var token = json.currentToken();
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, json);
        }
        var text = json.getText().strip();
        if (text.length() <= MAX_LENGTH) {
            try {
                var decimal = new BigDecimal(text);
                if (Math.abs((long) decimal.scale()) <= MAX_SCALE) {
                    return decimal;
                }
            } catch (NumberFormatException e) {
                // Said below, as for one that is too long.
            }
        }
        return (BigDecimal) context.handleWeirdStringValue(BigDecimal.class, text, "not a decimal");
    }
}
