package dev.centime.forecast.method;

import java.util.Arrays;

/** Simple exponential smoothing. */
final class Smoothing {
    private static final int STEPS = 40;

    private Smoothing() {}

    /** The weight of the newest value that makes the squared one-day errors smallest, by golden section. */
    static double alpha(double[] values) {
        double golden = (Math.sqrt(5) - 1) / 2;
        double low = 0.01;
        double high = 0.99;
        for (int step = 0; step < STEPS && high - low > 1e-4; step++) {
            double left = high - golden * (high - low);
            double right = low + golden * (high - low);
            if (squares(values, left) < squares(values, right)) {
                high = right;
            } else {
                low = left;
            }
        }
        return (low + high) / 2;
    }

    /** Where the smoothed level stands after the last value. */
    static double level(double[] values, double alpha) {
        double level = first(values);
        for (double value : values) {
            level += alpha * (value - level);
        }
        return level;
    }

    private static double squares(double[] values, double alpha) {
        double level = first(values);
        double squares = 0;
        for (double value : values) {
            double error = value - level;
            squares += error * error;
            level += alpha * error;
        }
        return squares;
    }

    private static double first(double[] values) {
        return Arrays.stream(values, 0, Math.min(values.length, 2 * Method.WEEK))
                .average()
                .orElse(0);
    }
}
