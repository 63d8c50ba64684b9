package dev.centime.forecast.method;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The bands of a history of less than two weeks, expected to go on at its mean. With nothing to test on, the spread is that of the
 * few days there are, held together with a first guess: that days vary by half of their root, worth three days of evidence.
 */
final class ShortHistory {
    private static final double GUESSED_VARIATION = 0.5;
    private static final double GUESS_IN_DAYS = 3;
    private static final int SAMPLE = 999;

    private ShortHistory() {}

    /** Of single days: they vary, and the mean itself is uncertain. */
    static ErrorBand days(double[] history) {
        double spread = spread(history) * Math.sqrt(1 + 1.0 / history.length);
        return new ErrorBand(day -> spread, logistic());
    }

    /** Of totals: over more days the variation evens out, and the uncertain mean does not. */
    static ErrorBand totals(double[] history) {
        double spread = spread(history);
        return new ErrorBand(day -> spread * Math.sqrt(1 + (day + 1.0) / history.length), logistic());
    }

    private static double spread(double[] history) {
        var roots = Arrays.stream(history).map(Math::sqrt).toArray();
        double mean = Arrays.stream(roots).average().orElseThrow();
        double squares =
                Arrays.stream(roots).map(root -> (root - mean) * (root - mean)).sum();
        double guess =
                GUESSED_VARIATION * Math.sqrt(Arrays.stream(history).average().orElseThrow());
        return Math.sqrt((squares + GUESS_IN_DAYS * guess * guess) / (history.length - 1 + GUESS_IN_DAYS));
    }

    /** Quantiles of the logistic distribution with variance one: like the normal one, with more far out. */
    private static double[] logistic() {
        return IntStream.rangeClosed(1, SAMPLE)
                .mapToDouble(i -> i / (SAMPLE + 1.0))
                .map(p -> Math.log(p / (1 - p)) * Math.sqrt(3) / Math.PI)
                .toArray();
    }
}
