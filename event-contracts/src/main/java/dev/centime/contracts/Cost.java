package dev.centime.contracts;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a call cost, in lines that add up to the total exactly.
 *
 * @param source where the total comes from
 * @param total US dollars; null exactly when {@code source} is {@link Source#UNPRICED}
 * @param input uncached input, audio and images in included
 * @param output output, audio out included
 * @param cacheRead input from a prompt cache
 * @param cacheWrite input written to a prompt cache, both lifetimes
 * @param other tools, requests and what else is charged; the whole of a {@link Source#REPORTED} cost
 * @param cacheSavings what the cache reads would have cost more as plain input; not part of the total
 * @param priceId the price used, null unless {@code source} is {@link Source#CALCULATED}
 */
public record Cost(
        Source source,
        @Nullable Money total,
        Money input,
        Money output,
        Money cacheRead,
        Money cacheWrite,
        Money other,
        Money cacheSavings,
        @Nullable String priceId) {

    /** No price is known: the cost is unknown, never a silent zero. */
    public static final Cost UNPRICED = new Cost(
            Source.UNPRICED, null, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, null);

    /** @throws IllegalArgumentException when total and lines disagree */
    public Cost {
        if ((source == Source.UNPRICED) != (total == null)) {
            throw new IllegalArgumentException("a cost has a total unless it is unpriced");
        }
        if (total != null && total.amount().compareTo(sum(input, output, cacheRead, cacheWrite, other)) != 0) {
            throw new IllegalArgumentException("the lines of a cost must add up to its total");
        }
    }

    /** Without an amount of its own for each step: every service makes a cost of every event. */
    private static BigDecimal sum(Money... lines) {
        var sum = BigDecimal.ZERO;
        for (var line : lines) {
            if (line.amount().signum() != 0) {
                sum = sum.add(line.amount());
            }
        }
        return sum;
    }

    /** The caller's own figure, for a call whose model has no price. */
    public static Cost reported(Money total) {
        return new Cost(
                Source.REPORTED, total, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, total, Money.ZERO, null);
    }

    /** The total, or zero where it is unknown; for sums that show unpriced calls beside them. */
    public Money totalOrZero() {
        return total == null ? Money.ZERO : total;
    }

    /** Where a total comes from. */
    public enum Source {
        CALCULATED,
        REPORTED,
        UNPRICED;

        @com.fasterxml.jackson.annotation.JsonValue
        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
