package dev.centime.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DollarsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|$0.00",
                "987.454999|$987.45",
                "1234567.895|$1,234,567.90",
                "0.35|$0.3500",
                "0.9999|$1.00",
                "0.004567|$0.004567",
                "0.0000004|<$0.000001",
                "-3.5|-$3.50",
                "12345678901234567890.123456789012345678|$12,345,678,901,234,567,890.12"
            })
    void showsMoney(BigDecimal amount, String shown) {
        assertThat(Dollars.of(amount)).isEqualTo(shown);
    }
}
