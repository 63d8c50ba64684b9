package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {
    @ParameterizedTest
    @CsvSource({
        "400, $400.00",
        "1234567.891, '$1,234,567.89'",
        "499.999, $499.99",
        "0.0012345, $0.0012",
        "0.01, $0.01",
        "0, $0.00",
        "-3.5, -$3.50"
    })
    void showsDollars(String amount, String shown) {
        assertThat(Display.dollars(Money.of(amount))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"400, 500, 80%", "499.999, 500, 99.9%", "412.34, 500, 82.4%", "1000, 500, 200%"})
    void showsPercent_neverMoreThanReached(String spend, String limit, String shown) {
        assertThat(Display.percent(Money.of(spend), Money.of(limit))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"PT144H, 6 days", "PT30H, 1 day", "PT5H, 5 hours", "PT59M, 59 minutes", "PT3S, 1 minute"})
    void showsTheLargestUnit(Duration duration, String shown) {
        assertThat(Display.duration(duration)).isEqualTo(shown);
    }
}
