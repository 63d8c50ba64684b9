package dev.centime.forecast.method;

import java.util.Arrays;

/**
 * ARIMA(1,0,1)(0,1,1) with a week as season (Box and Jenkins 1970): what a day differs from the same weekday a week ago, explained
 * by yesterday's difference and by the surprises of yesterday and of last week. Fitted by conditional least squares.
 */
record SeasonalArima(String name) implements Method {
    private static final int ITERATIONS = 60;
    private static final double[] START = {0.5, -0.1, -0.7};
    private static final double FIRST_STEP = 0.15;

    /**
     * @param phi weight of yesterday's difference
     * @param theta of yesterday's surprise
     * @param weekly of last week's surprise
     */
    private record Parameters(double phi, double theta, double weekly) {
        static Parameters of(double[] p) {
            return new Parameters(p[0], p[1], p[2]);
        }

        boolean usable() {
            return Math.abs(phi) < 0.99 && Math.abs(theta) < 0.99 && weekly > -0.98 && weekly < 0.5;
        }

        double explained(double[] difference, double[] surprise, int day) {
            double explained = day < 1 ? 0 : phi * difference[day - 1] + theta * surprise[day - 1];
            explained += day < WEEK ? 0 : weekly * surprise[day - WEEK];
            return day <= WEEK ? explained : explained + theta * weekly * surprise[day - WEEK - 1];
        }

        /** What could not be explained, day by day. */
        double[] surprises(double[] difference) {
            var surprise = new double[difference.length];
            for (int day = 0; day < difference.length; day++) {
                surprise[day] = difference[day] - explained(difference, surprise, day);
            }
            return surprise;
        }
    }

    @Override
    public int leastDays() {
        return 4 * WEEK;
    }

    @Override
    public Model fit(double[] history) {
        var difference = weekly(history);
        var best = Simplex.minimum(p -> loss(difference, Parameters.of(p)), START, FIRST_STEP, ITERATIONS);
        return (seen, days) -> continued(seen, days, Parameters.of(best));
    }

    private static double[] weekly(double[] history) {
        var difference = new double[history.length - WEEK];
        for (int day = 0; day < difference.length; day++) {
            difference[day] = history[day + WEEK] - history[day];
        }
        return difference;
    }

    private static double loss(double[] difference, Parameters parameters) {
        if (!parameters.usable()) {
            return Double.MAX_VALUE;
        }
        return Arrays.stream(parameters.surprises(difference)).map(s -> s * s).sum();
    }

    private static double[] continued(double[] history, int days, Parameters parameters) {
        var known = weekly(history);
        var difference = Arrays.copyOf(known, known.length + days);
        var surprise = Arrays.copyOf(parameters.surprises(known), difference.length);
        var values = Arrays.copyOf(history, history.length + days);
        for (int day = history.length; day < values.length; day++) {
            difference[day - WEEK] = parameters.explained(difference, surprise, day - WEEK);
            values[day] = values[day - WEEK] + difference[day - WEEK];
        }
        return Arrays.stream(values, history.length, values.length)
                .map(value -> Math.max(0, value))
                .toArray();
    }
}
