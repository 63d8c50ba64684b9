package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * An exact amount of US dollars, of any sign. A decimal string with all its digits in JSON; a number is accepted as well.
 * Two amounts are equal when their values are, whatever their trailing zeros.
 *
 * @param amount US dollars, at most 18 digits after the point and 20 before it (NUMERIC(38,18))
 */
@JsonDeserialize(using = Money.FromText.class)
public record Money(BigDecimal amount) implements Comparable<Money> {
    /** No dollars: a known cost of nothing, which is not the same as an unknown cost. */
    public static final Money ZERO = new Money(BigDecimal.ZERO);

    private static final int MAX_SCALE = 18;
    private static final int MAX_INTEGER_DIGITS = 20;

    /** Strips trailing zeros. @throws IllegalArgumentException when the amount does not fit NUMERIC(38,18) */
    public Money {
        // The cheap bound comes first: stripping the zeros of 1e999999999 would take for ever.
        if (amount.precision() - (long) amount.scale() > MAX_INTEGER_DIGITS || amount.scale() > 1000) {
            throw new IllegalArgumentException("must have at most 20 digits before the decimal point and 18 after it");
        }
        amount = amount.signum() == 0 ? BigDecimal.ZERO : amount.stripTrailingZeros();
        if (amount.scale() > MAX_SCALE) {
            throw new IllegalArgumentException("must have at most 18 digits after the decimal point");
        }
    }

    /** @throws IllegalArgumentException (NumberFormatException) when the text is no decimal number or does not fit */
    public static Money of(String decimal) {
        return new Money(new BigDecimal(decimal));
    }

    public static Money of(BigDecimal amount) {
        return new Money(amount);
    }

    public Money plus(Money other) {
        return new Money(amount.add(other.amount));
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(other.amount));
    }

    public Money negate() {
        return new Money(amount.negate());
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(other.amount);
    }

    /** Plain decimal notation, never an exponent. */
    @JsonValue
    @Override
    public String toString() {
        return amount.toPlainString();
    }

    /** Reads strings and numbers alike from their digits, so that no floating point comes between. */
    static final class FromText extends StdScalarDeserializer<Money> {
        private static final long serialVersionUID = 1L;

        FromText() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return read(json, context);
        }

        /** The amount that the parser stands at. */
        static Money read(JsonParser json, DeserializationContext context) throws IOException {
            var token = json.currentToken();
            if (!token.isNumeric() && token != com.fasterxml.jackson.core.JsonToken.VALUE_STRING) {
                return (Money) context.handleUnexpectedToken(Money.class, json);
            }
            var text = json.getText();
            try {
                return Money.of(text);
            } catch (IllegalArgumentException e) {
                throw context.weirdStringException(
                        text,
                        Money.class,
                        e instanceof NumberFormatException ? "is no decimal number" : e.getMessage());
            }
        }
    }
}
