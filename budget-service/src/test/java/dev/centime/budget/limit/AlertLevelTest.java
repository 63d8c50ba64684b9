package dev.centime.budget.limit;

import static dev.centime.budget.Given.warnAt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertLevelTest {
    private static final List<Threshold> DEFAULTS = List.of(warnAt("80"), warnAt("95"), warnAt("100"));

    @ParameterizedTest
    @CsvSource({
        "79.999999999999999999, none",
        "80, warning",
        "94.99, warning",
        "95, critical",
        "99.999999999999999999, critical",
        "100, exceeded",
        "250, exceeded"
    })
    void risesExactlyAtEachThreshold(String spend, String level) {
        assertThat(AlertLevel.of(DEFAULTS, Money.of("100"), Money.of(spend)).text())
                .isEqualTo(level);
    }

    @Test
    void isExactWhereADivisionWouldRound() {
        var third = List.of(warnAt("33.333333"));
        var limit = Money.of("0.000003");
        assertThat(AlertLevel.of(third, limit, Money.of("0.00000099999999"))).isEqualTo(AlertLevel.WARNING);
        assertThat(AlertLevel.of(third, limit, Money.of("0.00000099999998"))).isEqualTo(AlertLevel.NONE);
    }

    @Test
    void aThresholdThatOnlyLogsIsNoWarning() {
        var thresholds = List.of(
                new Threshold(BigDecimal.valueOf(50), Action.LOG, List.of()),
                warnAt("80"),
                new Threshold(BigDecimal.valueOf(100), Action.BLOCK, List.of()));
        assertThat(AlertLevel.of(thresholds, Money.of("10"), Money.of("6"))).isEqualTo(AlertLevel.NONE);
        assertThat(AlertLevel.of(thresholds, Money.of("10"), Money.of("8"))).isEqualTo(AlertLevel.WARNING);
    }

    @Test
    void blocksFromTheThresholdThatSaysSo() {
        var thresholds = List.of(warnAt("80"), new Threshold(BigDecimal.valueOf(90), Action.BLOCK, List.of()));
        assertThat(AlertLevel.blocks(thresholds, Money.of("10"), Money.of("8.99")))
                .isFalse();
        assertThat(AlertLevel.blocks(thresholds, Money.of("10"), Money.of("9"))).isTrue();
        assertThat(AlertLevel.blocks(DEFAULTS, Money.of("10"), Money.of("99"))).isFalse();
    }

    @Test
    void withoutThresholdsOnlyTheLimitItselfCounts() {
        assertThat(AlertLevel.of(List.of(), Money.of("10"), Money.of("9.99"))).isEqualTo(AlertLevel.NONE);
        assertThat(AlertLevel.of(List.of(), Money.of("10"), Money.of("10"))).isEqualTo(AlertLevel.EXCEEDED);
    }
}
