package dev.centime.forecast.method;

import java.util.List;

/**
 * Each day is the median of what several methods expect. Combining is what does best on the whole (Makridakis, Spiliotis and
 * Assimakopoulos 2020, on the M4 competition), and a median lets no single method run away.
 */
record Median(String name, List<Method> members) implements Method {
    @Override
    public int leastDays() {
        return members.stream().mapToInt(Method::leastDays).max().orElseThrow();
    }

    @Override
    public Model fit(double[] history) {
        var models = members.stream().map(member -> member.fit(history)).toList();
        return (seen, days) ->
                of(models.stream().map(model -> model.forecast(seen, days)).toList());
    }

    /** Day by day the median of several forecasts. */
    static double[] of(List<double[]> forecasts) {
        var median = new double[forecasts.getFirst().length];
        for (int day = 0; day < median.length; day++) {
            int at = day;
            var sorted = forecasts.stream().mapToDouble(f -> f[at]).sorted().toArray();
            int middle = sorted.length / 2;
            median[day] = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
        return median;
    }
}
