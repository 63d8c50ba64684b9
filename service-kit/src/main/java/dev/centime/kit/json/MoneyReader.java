package dev.centime.kit.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.centime.contracts.Money;
import java.io.IOException;

/** US dollars from a string or a number. */
final class MoneyReader extends StdDeserializer<Money> {
    private static final long serialVersionUID = 1L;
    private static final DecimalReader DECIMAL = new DecimalReader();

    MoneyReader() {
        super(Money.class);
    }

    @Override
    public Money deserialize(JsonParser json, DeserializationContext context) throws IOException {
        try {
            return Money.of(DECIMAL.deserialize(json, context));
        } catch (IllegalArgumentException e) {
            throw ValueInstantiationException.from(json, e.getMessage(), context.constructType(Money.class), e);
        }
    }
}
