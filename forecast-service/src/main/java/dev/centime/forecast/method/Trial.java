package dev.centime.forecast.method;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a method expected of days that are known by now.
 *
 * @param expected by origin, then by day ahead
 * @param actual of the same days
 */
record Trial(String method, double[][] expected, double[][] actual) {
    /** The trial of the method that expects, for each day, the median of what others expect. */
    static Trial ofMedian(String name, List<Trial> members) {
        var actual = members.getFirst().actual;
        var expected = IntStream.range(0, actual.length)
                .mapToObj(origin -> Median.of(
                        members.stream().map(member -> member.expected[origin]).toList()))
                .toArray(double[][]::new);
        return new Trial(name, expected, actual);
    }

    int origins() {
        return expected.length;
    }

    int days() {
        return expected[0].length;
    }

    /** How wrong it was, days and totals alike: what methods are chosen by. */
    double loss() {
        return dailyError() + totalError() / days();
    }

    /** The mean absolute error of a day. */
    double dailyError() {
        double sum = 0;
        for (int origin = 0; origin < origins(); origin++) {
            for (int day = 0; day < days(); day++) {
                sum += Math.abs(expected[origin][day] - actual[origin][day]);
            }
        }
        return sum / (origins() * days());
    }

    /** The mean absolute error of the total over all days ahead. */
    double totalError() {
        return IntStream.range(0, origins())
                .mapToDouble(origin -> Math.abs(sum(expected[origin]) - sum(actual[origin])))
                .average()
                .orElseThrow();
    }

    /** The mean of the actual totals. */
    double meanTotal() {
        return Arrays.stream(actual).mapToDouble(Trial::sum).average().orElseThrow();
    }

    /** The same, with each day holding the total of all days up to it. */
    Trial cumulated() {
        return new Trial(method, cumulated(expected), cumulated(actual));
    }

    /** The same without the first days ahead. */
    Trial after(int days) {
        return days == 0 ? this : new Trial(method, after(expected, days), after(actual, days));
    }

    /** The same without some origins. */
    Trial without(int fromOrigin, int toOrigin) {
        return new Trial(method, without(expected, fromOrigin, toOrigin), without(actual, fromOrigin, toOrigin));
    }

    private static double sum(double[] days) {
        return Arrays.stream(days).sum();
    }

    private static double[][] cumulated(double[][] rows) {
        return Arrays.stream(rows).map(Trial::cumulated).toArray(double[][]::new);
    }

    private static double[] cumulated(double[] days) {
        var sums = days.clone();
        Arrays.parallelPrefix(sums, Double::sum);
        return sums;
    }

    private static double[][] after(double[][] rows, int days) {
        return Arrays.stream(rows)
                .map(row -> Arrays.copyOfRange(row, days, row.length))
                .toArray(double[][]::new);
    }

    private static double[][] without(double[][] rows, int from, int to) {
        return IntStream.range(0, rows.length)
                .filter(row -> row < from || row >= to)
                .mapToObj(row -> rows[row])
                .toArray(double[][]::new);
    }
}
