package dev.centime.ingest.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes a quantity that is no money as a JSON number, without an exponent. */
public final class PlainNumber extends StdSerializer<BigDecimal> {
    private static final long serialVersionUID = 1L;

    public PlainNumber() {
        super(BigDecimal.class);
    }

    @Override
    public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeNumber(value.toPlainString());
    }
}
