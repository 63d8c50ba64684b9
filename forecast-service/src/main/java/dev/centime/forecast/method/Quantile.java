package dev.centime.forecast.method;

/** Quantiles of a sorted sample. */
final class Quantile {
    private Quantile() {}

    /** Linear between the order statistics (type 6 of Hyndman and Fan 1996: unbiased for any distribution's share outside). */
    static double of(double[] sorted, double p) {
        double at = Math.clamp(p * (sorted.length + 1) - 1, 0, sorted.length - 1.0);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
