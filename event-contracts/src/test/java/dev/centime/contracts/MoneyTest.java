package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MoneyTest {
    @Test
    void isEqualWhateverItsTrailingZeros() {
        assertThat(Money.of("1.50")).isEqualTo(Money.of("1.5")).hasSameHashCodeAs(Money.of("1.5"));
        assertThat(Money.of("0.000")).isEqualTo(Money.ZERO);
        assertThat(Money.of("100")).isEqualTo(Money.of(new BigDecimal("1E+2")));
    }

    @ParameterizedTest
    @CsvSource({
        "1E+2, 100",
        "0.000000000000000001, 0.000000000000000001",
        "-3.10, -3.1",
        "12345678901234567890.5, 12345678901234567890.5"
    })
    void isWrittenInPlainDecimals(String in, String out) {
        assertThat(Money.of(in)).hasToString(out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "123456789012345678901", "1e-19", "1e-999999999"})
    void refusesWhatNumericCannotHold(String tooWide) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(tooWide));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "1,5", "one"})
    void refusesWhatIsNoDecimal(String text) {
        assertThatThrownBy(() -> Money.of(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void adds_exactly_whereFloatingPointWouldNot() {
        assertThat(Money.of("0.1").plus(Money.of("0.2"))).isEqualTo(Money.of("0.3"));
        assertThat(Money.of("0.3").minus(Money.of("0.1"))).isEqualTo(Money.of("0.2"));
    }

    @Test
    void isADecimalStringInJson_andReadsNumbersToo() throws JsonProcessingException {
        var mapper = Contracts.mapper();
        assertThat(mapper.writeValueAsString(Money.of("0.10"))).isEqualTo("\"0.1\"");
        assertThat(mapper.readValue("\"0.10\"", Money.class)).isEqualTo(Money.of("0.1"));
        assertThat(mapper.readValue("0.10", Money.class)).isEqualTo(Money.of("0.1"));
        assertThat(mapper.readValue("5", Money.class)).isEqualTo(Money.of("5"));
    }
}
