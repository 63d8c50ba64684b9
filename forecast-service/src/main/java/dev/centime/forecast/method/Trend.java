package dev.centime.forecast.method;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Where spend is going, by the rank test of Mann (1945) and Kendall on weekly means, free of weekdays and of single wild days.
 *
 * @param direction increasing, decreasing or stable
 * @param strength Kendall's tau without its sign: 0 no order, 1 each week above (or below) all before
 */
public record Trend(Direction direction, double strength) {
    private static final int MOST_WEEKS = 13;
    private static final int LEAST_WEEKS = 4;
    /** 5 % on both sides of the normal distribution. */
    private static final double CRITICAL = 1.96;

    /** Which way. */
    public enum Direction {
        INCREASING,
        DECREASING,
        STABLE
    }

    static Trend of(double[] history) {
        int weeks = Math.min(MOST_WEEKS, history.length / Method.WEEK);
        if (weeks < LEAST_WEEKS) {
            return new Trend(Direction.STABLE, 0);
        }
        var means = IntStream.range(0, weeks)
                .map(week -> history.length - (weeks - week) * Method.WEEK)
                .mapToDouble(
                        from -> Arrays.stream(history, from, from + Method.WEEK).sum() / Method.WEEK)
                .toArray();
        return of(means, weeks);
    }

    private static Trend of(double[] means, int n) {
        int rises = 0;
        for (int early = 0; early < n; early++) {
            for (int late = early + 1; late < n; late++) {
                rises += (int) Math.signum(means[late] - means[early]);
            }
        }
        double deviation = Math.sqrt(n * (n - 1) * (2 * n + 5) / 18.0);
        double strength = Math.abs(rises) / (n * (n - 1) / 2.0);
        if ((Math.abs(rises) - 1) / deviation <= CRITICAL) {
            return new Trend(Direction.STABLE, strength);
        }
        return new Trend(rises > 0 ? Direction.INCREASING : Direction.DECREASING, strength);
    }
}
