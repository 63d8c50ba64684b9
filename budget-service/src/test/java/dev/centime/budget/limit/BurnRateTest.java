package dev.centime.budget.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurnRateTest {
    private static final Window NOVEMBER =
            new Window(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
    private static final Instant THE_16TH = Instant.parse("2026-11-16T00:00:00Z");
    private static final Money LIMIT = Money.of("500");

    @Test
    void goesOnAsItDid() {
        // 400 in 15 days is 100 more in 3.75 days.
        assertThat(BurnRate.exhaustion(NOVEMBER, LIMIT, Money.of("400"), THE_16TH))
                .contains(Instant.parse("2026-11-19T18:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"0", "-5", "250", "500", "600"})
    void isUnknown_whenNothingIsSpent_orItLasts_orItIsUsedUp(String spend) {
        assertThat(BurnRate.exhaustion(NOVEMBER, LIMIT, Money.of(spend), THE_16TH))
                .isEmpty();
    }

    @Test
    void isUnknown_whereThereIsNoWindowNow() {
        assertThat(BurnRate.exhaustion(NOVEMBER, LIMIT, Money.of("400"), NOVEMBER.end()))
                .isEmpty();
        assertThat(BurnRate.exhaustion(new Window(NOVEMBER.start(), null), LIMIT, Money.of("400"), THE_16TH))
                .isEmpty();
    }
}
