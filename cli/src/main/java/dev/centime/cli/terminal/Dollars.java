package dev.centime.cli.terminal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as people read it: rounded for display alone, and never to a zero that is none. */
public final class Dollars {
    private static final BigDecimal CENT_MATTERS_LESS = new BigDecimal("0.995");
    private static final BigDecimal SMALL = new BigDecimal("0.01");
    private static final BigDecimal SMALLEST = new BigDecimal("0.000001");

    private Dollars() {}

    /** Two decimals from a dollar on, four below it, six below a cent. */
    public static String of(BigDecimal amount) {
        var size = amount.abs();
        var sign = amount.signum() < 0 ? "-" : "";
        if (size.signum() == 0 || size.compareTo(CENT_MATTERS_LESS) >= 0) {
            return sign + "$" + "%,.2f".formatted(size.setScale(2, RoundingMode.HALF_UP));
        }
        if (size.compareTo(SMALLEST) < 0) {
            return sign + "<$0.000001";
        }
        var decimals = size.compareTo(SMALL) < 0 ? 6 : 4;
        return sign + "$" + size.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
    }

    /** For an axis: as short as its neighbours can still be told apart. */
    static String tick(double value, double step) {
        if (value == 0) {
            return "$0";
        }
        var decimals = step >= 1 ? 0 : (int) Math.ceil(-Math.log10(step));
        return "$" + ("%,." + Math.min(decimals, 8) + "f").formatted(value);
    }
}
