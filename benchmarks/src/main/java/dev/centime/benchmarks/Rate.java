package dev.centime.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** How fast something went in each of several runs. */
public record Rate(String name, double[] perSecond) {
    public double median() {
        var sorted = perSecond.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double ratioTo(Rate other) {
        return median() / other.median();
    }

    /** One line: the median, the span, and the ratio to a yardstick. */
    public String line(Rate yardstick) {
        var sorted = perSecond.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%-44s %9.0f/s  (%.0f to %.0f)   ratio %.2f",
                name,
                median(),
                sorted[0],
                sorted[sorted.length - 1],
                ratioTo(yardstick));
    }
}
