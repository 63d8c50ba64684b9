package dev.centime.ingest.accept.file;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a number in a table may mean. A point or a comma parts decimals, the other one, or either where it stands more than once,
 * thousands. Thousands are three digits, and no number of them begins with a nought.
 */
final class WrittenNumber {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,9})?");
    private static final Pattern THOUSANDS =
            Pattern.compile("[+-]?[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+(?:[.][0-9]*)?|(?:[.][0-9]{3})+(?:,[0-9]*)?)");
    private static final int MAX_LENGTH = 60;

    private WrittenNumber() {}

    /**
     * @param decimalComma whether the table's own habit is a comma before decimals
     * @param whole whether only a whole number makes sense
     * @return nothing when it is no number, two when nobody can tell which of them
     */
    static List<BigDecimal> readings(String written, boolean decimalComma, boolean whole) {
        var decimal = DECIMAL.matcher(written).matches() && written.length() <= MAX_LENGTH;
        var thousands = THOUSANDS.matcher(written).matches() && written.length() <= MAX_LENGTH;
        if (decimal && thousands) {
            return either(decimal(written), thousands(written), written.indexOf(',') > 0, decimalComma, whole);
        }
        return decimal ? List.of(decimal(written)) : thousands ? List.of(thousands(written)) : List.of();
    }

    /** Of one sign before three digits. */
    private static List<BigDecimal> either(
            BigDecimal decimal, BigDecimal thousands, boolean comma, boolean decimalComma, boolean whole) {
        if (whole && (comma && !decimalComma || decimal.stripTrailingZeros().scale() > 0)) {
            return List.of(thousands);
        }
        // Where commas part no fields they may still part the thousands of a count; those of an amount seldom.
        return comma == decimalComma && !(whole && comma) ? List.of(decimal) : List.of(decimal, thousands);
    }

    private static BigDecimal decimal(String written) {
        return new BigDecimal(written.replace(',', '.'));
    }

    private static BigDecimal thousands(String written) {
        var comma = written.lastIndexOf(',');
        var point = written.lastIndexOf('.');
        if (comma < 0 || point < 0) {
            return new BigDecimal(written.replaceAll("[.,]", ""));
        }
        var last = Math.max(comma, point);
        return new BigDecimal(written.substring(0, last).replaceAll("[.,]", "") + "." + written.substring(last + 1));
    }
}
