package dev.centime.forecast.method;

/**
 * Each day is the mean of the same weekday in the last weeks. With one week it is the seasonal naive method, the bar that any
 * other has to pass.
 *
 * @param weeks how many of the last weeks count, at least one; fewer where the history is shorter
 */
record SeasonalMean(String name, int weeks) implements Method {
    @Override
    public int leastDays() {
        return WEEK;
    }

    @Override
    public Model fit(double[] history) {
        return this::continued;
    }

    private double[] continued(double[] history, int days) {
        int used = Math.min(weeks, history.length / WEEK);
        var expected = new double[days];
        for (int day = 0; day < days; day++) {
            for (int back = 1; back <= used; back++) {
                expected[day] += history[history.length - back * WEEK + day % WEEK] / used;
            }
        }
        return expected;
    }
}
