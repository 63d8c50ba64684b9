package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class CostTest {
    private static final Money CENT = Money.of("0.01");

    @Test
    void refusesLinesThatDoNotAddUp() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cost(
                        Cost.Source.CALCULATED,
                        Money.of("0.03"),
                        CENT,
                        CENT,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        "p"));
    }

    @Test
    void refusesATotalOfAnUnpricedCall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cost(
                        Cost.Source.UNPRICED,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        Money.ZERO,
                        null));
    }

    @Test
    void isUnknownRatherThanZero_whenUnpriced() {
        assertThat(Cost.UNPRICED.total()).isNull();
        assertThat(Cost.UNPRICED.totalOrZero()).isEqualTo(Money.ZERO);
    }

    @Test
    void putsAReportedCostIntoOneLine() {
        assertThat(Cost.reported(CENT).other()).isEqualTo(CENT);
    }
}
