package dev.centime.kit.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;

/** All digits, no exponent, as a string: a JSON number would be read as a double by most clients. */
final class PlainDecimalWriter extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    PlainDecimalWriter() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString(value.toPlainString());
    }
}
