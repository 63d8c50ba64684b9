package dev.centime.ingest.view.costs.trends;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/**
 * Where a series is going. Its direction is that of the rank test of Mann (1945) and Kendall with the correction for equal values; its
 * slope is the median of the slopes between all pairs (Theil 1950, Sen 1968). Neither is moved by a single wild day.
 *
 * @param direction up or down where the order of the values would be chance in at most one case of twenty, else flat
 * @param strength Kendall's tau without its sign: 0 no order, 1 each value above (or below) all before
 * @param slope of the values by the unit of their times; 0 of less than two values
 */
record Trend(Direction direction, double strength, double slope) {
    /** 5 % on both sides of the normal distribution. */
    private static final double CRITICAL = 1.96;

    /** Which way. */
    enum Direction {
        UP,
        DOWN,
        FLAT;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param times ascending, one for each value */
    static Trend of(double[] times, double[] values) {
        int n = values.length;
        if (n < 2) {
            return new Trend(Direction.FLAT, 0, 0);
        }
        int pairs = n * (n - 1) / 2;
        var slopes = new double[pairs];
        int rises = 0;
        int pair = 0;
        for (int early = 0; early < n; early++) {
            for (int late = early + 1; late < n; late++) {
                rises += (int) Math.signum(values[late] - values[early]);
                slopes[pair++] = (values[late] - values[early]) / (times[late] - times[early]);
            }
        }
        return new Trend(direction(rises, values), Math.abs(rises) / (double) pairs, median(slopes));
    }

    private static Direction direction(int rises, double[] values) {
        double deviation = Math.sqrt(variance(values));
        if (rises == 0 || (Math.abs(rises) - 1) / deviation <= CRITICAL) {
            return Direction.FLAT;
        }
        return rises > 0 ? Direction.UP : Direction.DOWN;
    }

    /** Of the number of rises less falls, if all orders were equally likely; each run of equal values takes some of it away. */
    private static double variance(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        double variance = term(sorted.length);
        for (int start = 0; start < sorted.length; ) {
            int end = start;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            variance -= term(end - start);
            start = end;
        }
        return variance;
    }

    private static double term(int n) {
        return n * (n - 1.0) * (2.0 * n + 5) / 18;
    }

    private static double median(double[] slopes) {
        Arrays.sort(slopes);
        int middle = slopes.length / 2;
        return slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    }
}
