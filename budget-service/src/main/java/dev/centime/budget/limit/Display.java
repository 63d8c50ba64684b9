package dev.centime.budget.limit;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Amounts as people read them. Cut off rather than rounded: what is just below a limit must not read as having reached it. */
public final class Display {
    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Display() {}

    /** Two decimals, or two significant digits below a cent. */
    public static String dollars(Money money) {
        var amount = money.amount();
        var tiny = amount.signum() != 0 && amount.abs().compareTo(CENT) < 0;
        var shown = tiny
                ? amount.abs().round(new MathContext(2, RoundingMode.DOWN)).toPlainString()
                : String.format(java.util.Locale.ROOT, "%,.2f", amount.abs().setScale(2, RoundingMode.DOWN));
        return (money.isNegative() ? "-$" : "$") + shown;
    }

    /** One decimal at most. @param limit above zero */
    public static String percent(Money spend, Money limit) {
        var percent = spend.amount().multiply(HUNDRED).divide(limit.amount(), 1, RoundingMode.DOWN);
        return percent.stripTrailingZeros().toPlainString() + "%";
    }

    /** In the largest unit that is not zero. */
    public static String duration(Duration duration) {
        if (duration.toDays() > 0) {
            return counted(duration.toDays(), "day");
        }
        return duration.toHours() > 0
                ? counted(duration.toHours(), "hour")
                : counted(Math.max(1, duration.toMinutes()), "minute");
    }

    private static String counted(long count, String unit) {
        return count + " " + unit + (count == 1 ? "" : "s");
    }
}
