package dev.centime.forecast.method;

import java.util.Arrays;

/** By how much the days of a week differ: classical decomposition against a centred mean of seven days. */
final class Weekdays {
    private static final int HALF_WEEK = Method.WEEK / 2;

    private Weekdays() {}

    /**
     * A difference for each place in the week, counted from the first day of the history; they add up to zero.
     *
     * @param from the first day to look at
     * @param to the day after the last one; at least a week and six days later, else all differences are zero
     */
    static double[] of(double[] history, int from, int to) {
        var sum = new double[Method.WEEK];
        var count = new int[Method.WEEK];
        for (int day = from + HALF_WEEK; day < to - HALF_WEEK; day++) {
            sum[day % Method.WEEK] += history[day] - around(history, day);
            count[day % Method.WEEK]++;
        }
        if (Arrays.stream(count).anyMatch(n -> n == 0)) {
            return new double[Method.WEEK];
        }
        for (int place = 0; place < Method.WEEK; place++) {
            sum[place] /= count[place];
        }
        double mean = Arrays.stream(sum).average().orElse(0);
        return Arrays.stream(sum).map(difference -> difference - mean).toArray();
    }

    /** The mean of the week around a day, which must not be one of the first or last three. */
    static double around(double[] history, int day) {
        return Arrays.stream(history, day - HALF_WEEK, day + HALF_WEEK + 1).sum() / Method.WEEK;
    }

    /** A history without its weekdays. */
    static double[] removed(double[] history, double[] weekdays) {
        var rest = new double[history.length];
        for (int day = 0; day < rest.length; day++) {
            rest[day] = history[day] - weekdays[day % Method.WEEK];
        }
        return rest;
    }
}
