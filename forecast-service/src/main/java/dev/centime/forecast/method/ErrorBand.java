package dev.centime.forecast.method;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How far from the expected value the actual one may be, learned from the errors of a {@link Trial}: split conformal prediction
 * (Vovk, Gammerman and Shafer 2005) with errors scaled by how far ahead they lie. Errors are those of the square roots, so the band
 * grows with the level, is wider above than below, and never reaches under zero.
 *
 * @param spread the usual size of an error by days ahead, counted from 0
 * @param scaled errors as multiples of the spread, ascending
 */
record ErrorBand(IntToDoubleFunction spread, double[] scaled) {
    /**
     * What is to come is less like the past than the past is like itself. By how much was measured on series that no method was
     * fitted to (see the decision record): the same for all, and more the farther ahead compared with what is known.
     */
    private static final double WIDER = 1.3;

    private static final double WIDER_BY_DISTANCE = 2;
    private static final double LEAST_SPREAD = 1e-9;

    /** Of single days. Beyond those of the trial the spread grows as a random walk's. */
    static ErrorBand ofDays(Trial trial, int historyDays) {
        return of(trial, historyDays, 0.5);
    }

    /** Of totals of the days up to each. Beyond those of the trial the spread grows as if the level were wrong for good. */
    static ErrorBand ofTotals(Trial trial, int historyDays) {
        return of(trial.cumulated(), historyDays, 1);
    }

    private static ErrorBand of(Trial trial, int historyDays, double growth) {
        var errors = new double[trial.origins()][trial.days()];
        for (int origin = 0; origin < trial.origins(); origin++) {
            for (int day = 0; day < trial.days(); day++) {
                errors[origin][day] = Math.sqrt(trial.actual()[origin][day]) - Math.sqrt(trial.expected()[origin][day]);
            }
        }
        var spread = spread(errors);
        var scaled = IntStream.range(0, trial.days())
                .boxed()
                .flatMapToDouble(day -> Arrays.stream(errors).mapToDouble(row -> row[day] / spread[day]))
                .sorted()
                .toArray();
        return new ErrorBand(
                day -> WIDER
                        * Math.sqrt(1 + WIDER_BY_DISTANCE * (day + 1) / historyDays)
                        * (day < spread.length
                                ? spread[day]
                                : spread[spread.length - 1] * Math.pow((day + 1.0) / spread.length, growth)),
                scaled);
    }

    /** The root mean square of the errors by days ahead, never falling with the distance. */
    private static double[] spread(double[][] errors) {
        var squares = new double[errors[0].length];
        for (int day = 0; day < squares.length; day++) {
            for (var row : errors) {
                squares[day] += row[day] * row[day] / errors.length;
            }
        }
        return Arrays.stream(Isotonic.rising(squares))
                .map(square -> Math.max(Math.sqrt(square), LEAST_SPREAD))
                .toArray();
    }

    /**
     * @param day days ahead, from 0
     * @param level the share of actual values to lie inside, between 0 and 1
     */
    Interval around(double expected, int day, double level) {
        double root = Math.sqrt(expected);
        double at = spread.applyAsDouble(day);
        double lower = Math.max(0, root + Math.min(0, Quantile.of(scaled, (1 - level) / 2)) * at);
        double upper = root + Math.max(0, Quantile.of(scaled, (1 + level) / 2)) * at;
        return new Interval(Math.min(lower * lower, expected), expected, Math.max(upper * upper, expected));
    }
}
