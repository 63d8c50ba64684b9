package dev.centime.forecast.method;

import java.util.Arrays;

/** Every day is the mean of the last days: what can be said of a history that is too short for anything else. */
record RecentMean(String name, int lastDays) implements Method {
    @Override
    public int leastDays() {
        return 1;
    }

    @Override
    public Model fit(double[] history) {
        return this::continued;
    }

    private double[] continued(double[] history, int days) {
        int from = Math.max(0, history.length - lastDays);
        double mean = Arrays.stream(history, from, history.length).average().orElse(0);
        var expected = new double[days];
        Arrays.fill(expected, mean);
        return expected;
    }
}
