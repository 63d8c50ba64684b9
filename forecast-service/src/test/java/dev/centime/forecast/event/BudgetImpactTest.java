package dev.centime.forecast.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import dev.centime.forecast.event.BudgetImpact.Status;
import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetImpactTest {
    @ParameterizedTest
    @CsvSource({
        // The first is the example of the requirements.
        "500, 423.12, 230.37, 267.40, 653.49, 153.49, OVER",
        "500, 100, 300, 399, 400, 0, WITHIN",
        "500, 100, 300, 400, 400, 0, WITHIN",
        "500, 100, 300, 400.000001, 400, 0, AT_RISK",
        "500, 100, 400, 450, 500, 0, AT_RISK",
        "500, 500, 0, 0, 500, 0, EXCEEDED",
        "500, 600, 10, 20, 610, 110, EXCEEDED"
    })
    void saysHowItStands(
            String limit, String spent, String expected, String upper, String projected, String overBy, Status status) {
        var impact =
                BudgetImpact.of(Money.of(limit), Money.of(spent), Money.of(expected), Money.of(upper), LocalDate.EPOCH);

        assertThat(impact.projected()).isEqualTo(Money.of(projected));
        assertThat(impact.overBy()).isEqualTo(Money.of(overBy));
        assertThat(impact.status()).isEqualTo(status);
    }
}
