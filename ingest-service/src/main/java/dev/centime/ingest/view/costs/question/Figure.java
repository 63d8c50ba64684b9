package dev.centime.ingest.view.costs.question;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.centime.contracts.Money;
import java.io.IOException;
import java.math.BigDecimal;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A figure of a metric that the request chose: US dollars go out as a decimal string, anything else as a number. */
@Schema(
        name = "Figure",
        oneOf = {String.class, Double.class},
        description = "US dollars as a decimal string, anything else as a number")
@JsonSerialize(using = Figure.Written.class)
public record Figure(BigDecimal amount, boolean money) {

    static final class Written extends StdSerializer<Figure> {
        private static final long serialVersionUID = 1L;

        Written() {
            super(Figure.class);
        }

        @Override
        public void serialize(Figure figure, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (figure.money()) {
                json.writeString(Money.of(figure.amount()).toString());
            } else {
                json.writeNumber(
                        figure.amount().signum() == 0
                                ? "0"
                                : figure.amount().stripTrailingZeros().toPlainString());
            }
        }
    }
}
