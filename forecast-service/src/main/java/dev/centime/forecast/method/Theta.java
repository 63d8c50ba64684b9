package dev.centime.forecast.method;

/**
 * The theta method (Assimakopoulos and Nikolopoulos 2000) in the form that Hyndman and Billah (2003) showed it to have: simple
 * exponential smoothing with half the slope of the straight line, on values freed of their weekdays.
 */
record Theta(String name) implements Method {
    private static final int WEEKDAYS_FROM = 16 * WEEK;

    @Override
    public int leastDays() {
        return 3 * WEEK;
    }

    @Override
    public Model fit(double[] history) {
        double alpha = Smoothing.alpha(Weekdays.removed(history, weekdays(history)));
        return (seen, days) -> continued(seen, days, alpha);
    }

    private static double[] continued(double[] history, int days, double alpha) {
        var weekdays = weekdays(history);
        var adjusted = Weekdays.removed(history, weekdays);
        double level = Smoothing.level(adjusted, alpha);
        double drift = Line.slope(adjusted) / 2;
        double behind = (1 - Math.pow(1 - alpha, history.length)) / alpha;
        var expected = new double[days];
        for (int day = 0; day < days; day++) {
            double at = level + drift * (day + behind);
            expected[day] = Math.max(0, at + weekdays[(history.length + day) % WEEK]);
        }
        return expected;
    }

    private static double[] weekdays(double[] history) {
        return Weekdays.of(history, Math.max(0, history.length - WEEKDAYS_FROM), history.length);
    }
}
