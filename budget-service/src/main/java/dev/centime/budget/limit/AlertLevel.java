package dev.centime.budget.limit;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/**
 * How far a spend has come. Exceeded is the limit itself; below it the last threshold that warns is critical and those before it
 * are warnings, so the default of 80, 95 and 100 reads warning, critical, exceeded.
 */
public enum AlertLevel {
    NONE,
    WARNING,
    CRITICAL,
    EXCEEDED;

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The level of a spend. @param thresholds ascending */
    public static AlertLevel of(List<Threshold> thresholds, Money limit, Money spend) {
        if (spend.compareTo(limit) >= 0) {
            return EXCEEDED;
        }
        return thresholds.stream()
                .filter(threshold -> reached(threshold, limit, spend))
                .map(threshold -> of(thresholds, threshold))
                .reduce(NONE, (left, right) -> right.compareTo(left) > 0 ? right : left);
    }

    /** What reaching one threshold means. */
    public static AlertLevel of(List<Threshold> thresholds, Threshold threshold) {
        if (threshold.percent().compareTo(HUNDRED) >= 0) {
            return EXCEEDED;
        }
        if (threshold.action() == Action.LOG) {
            return NONE;
        }
        var warning = thresholds.stream()
                .filter(each -> each.action() != Action.LOG && each.percent().compareTo(HUNDRED) < 0)
                .toList();
        return warning.size() > 1 && warning.getLast().equals(threshold) ? CRITICAL : WARNING;
    }

    /** Whether calls are to be stopped. */
    public static boolean blocks(List<Threshold> thresholds, Money limit, Money spend) {
        return thresholds.stream()
                .anyMatch(threshold -> threshold.action() == Action.BLOCK && reached(threshold, limit, spend));
    }

    /** Compared without a division, so that a spend of exactly the percentage reaches it. */
    public static boolean reached(Threshold threshold, Money limit, Money spend) {
        return spend.amount().multiply(HUNDRED).compareTo(limit.amount().multiply(threshold.percent())) >= 0;
    }
}
