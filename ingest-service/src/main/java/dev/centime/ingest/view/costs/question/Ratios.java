package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Figures that are a quotient of sums, and so the only ones that are rounded. */
public final class Ratios {
    private static final int MONEY_DECIMALS = 12;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Ratios() {}

    /** US dollars a unit; null without units. */
    public static @Nullable Money perUnit(BigDecimal cost, BigDecimal units) {
        return units.signum() == 0 ? null : divided(cost, units);
    }

    /** US dollars to twelve decimals. @param by not zero */
    public static Money divided(BigDecimal cost, BigDecimal by) {
        return Money.of(cost.divide(by, MONEY_DECIMALS, RoundingMode.HALF_EVEN));
    }

    /** A part of a whole, 0 to 1; 0 of nothing. */
    public static double share(BigDecimal part, BigDecimal whole) {
        return whole.signum() == 0
                ? 0
                : part.divide(whole, MathContext.DECIMAL64).doubleValue();
    }

    /** Null of nothing. */
    public static @Nullable Double average(long sum, long count) {
        return count == 0 ? null : (double) sum / count;
    }

    /** From one figure to another, in percent of the first; null when the first is zero. */
    public static @Nullable Double changePercent(BigDecimal from, BigDecimal to) {
        return from.signum() == 0
                ? null
                : to.subtract(from)
                        .multiply(HUNDRED)
                        .divide(from, MathContext.DECIMAL64)
                        .doubleValue();
    }
}
