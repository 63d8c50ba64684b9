package dev.centime.forecast.event;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.contracts.Money;
import java.time.LocalDate;
import java.util.Locale;

/**
 * What a forecast means for a limit.
 *
 * @param limit of the period that runs, with what was carried over into it
 * @param spent since the limit's period began
 * @param forecastRemaining what is expected from now to {@code until}, the rest of today included
 * @param projected spent and forecastRemaining together
 * @param overBy by how much that is over the limit; zero when it is not
 * @param until last day looked at: that of the period, or of the forecast where that ends sooner
 */
public record BudgetImpact(
        Money limit,
        Money spent,
        Money forecastRemaining,
        Money projected,
        Money overBy,
        Status status,
        LocalDate until) {

    /** How it stands. */
    public enum Status {
        /** Even at the upper bound it stays within the limit. */
        WITHIN,
        /** Expected to stay within, but it may not. */
        AT_RISK,
        /** Expected to go over. */
        OVER,
        /** Over it already. */
        EXCEEDED;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param expected still to come
     * @param upper still to come at most, at the forecast's level
     */
    public static BudgetImpact of(Money limit, Money spent, Money expected, Money upper, LocalDate until) {
        var projected = spent.plus(expected);
        var over = projected.minus(limit);
        return new BudgetImpact(
                limit,
                spent,
                expected,
                projected,
                over.isNegative() ? Money.ZERO : over,
                status(limit, spent, projected, spent.plus(upper)),
                until);
    }

    private static Status status(Money limit, Money spent, Money projected, Money atMost) {
        if (spent.compareTo(limit) >= 0) {
            return Status.EXCEEDED;
        }
        if (projected.compareTo(limit) > 0) {
            return Status.OVER;
        }
        return atMost.compareTo(limit) > 0 ? Status.AT_RISK : Status.WITHIN;
    }
}
