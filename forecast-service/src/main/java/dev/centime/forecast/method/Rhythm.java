package dev.centime.forecast.method;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Whether the days of the week differ: the rank test of Kruskal and Wallis (1952) on what each day adds to its week. */
final class Rhythm {
    /** 1 % of the chi-square distribution with six degrees of freedom. */
    private static final double CRITICAL = 16.812;

    private static final int LEAST_DAYS = 3 * Method.WEEK;

    private Rhythm() {}

    static boolean detected(double[] history) {
        if (history.length < LEAST_DAYS) {
            return false;
        }
        int n = history.length - (Method.WEEK - 1);
        var differences = IntStream.range(0, n)
                .mapToDouble(i -> history[i + Method.WEEK / 2] - Weekdays.around(history, i + Method.WEEK / 2))
                .toArray();
        var ranks = ranks(differences);
        var sums = new double[Method.WEEK];
        var counts = new int[Method.WEEK];
        for (int i = 0; i < n; i++) {
            sums[i % Method.WEEK] += ranks[i];
            counts[i % Method.WEEK]++;
        }
        double between = IntStream.range(0, Method.WEEK)
                .mapToDouble(day -> sums[day] * sums[day] / counts[day])
                .sum();
        return 12.0 / (n * (n + 1.0)) * between - 3 * (n + 1.0) > CRITICAL;
    }

    /** From 1; equal values share the mean of their ranks, so that a series of zeros has no rhythm. */
    private static double[] ranks(double[] values) {
        var order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        var ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to + 1 < order.length && values[order[to + 1]] == values[order[from]]) {
                to++;
            }
            for (int at = from; at <= to; at++) {
                ranks[order[at]] = (from + to) / 2.0 + 1;
            }
            from = to + 1;
        }
        return ranks;
    }
}
