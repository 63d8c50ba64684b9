package dev.centime.forecast.method;

import java.util.Arrays;

/**
 * Exponential smoothing with a level, a damped trend and a weekday: ETS(A,Ad,A) of Hyndman, Koehler, Ord and Snyder,
 * <i>Forecasting with Exponential Smoothing</i> (2008), in its innovations form. The parameters make the squared one-day errors
 * small.
 */
record HoltWinters(String name) implements Method {
    private static final int ITERATIONS = 60;
    private static final double[] START = {0.2, 0.1, 0.02, 0.9};
    private static final double FIRST_STEP = 0.1;

    /**
     * @param alpha weight of a surprise on the level
     * @param gamma on the weekday
     * @param beta on the trend
     * @param phi what remains of the trend from one day to the next
     */
    private record Parameters(double alpha, double gamma, double beta, double phi) {
        static Parameters of(double[] p) {
            return new Parameters(p[0], p[1], p[2], p[3]);
        }

        boolean usable() {
            return alpha > 0.001
                    && alpha < 0.99
                    && gamma >= 0
                    && gamma <= 1 - alpha
                    && beta >= 0
                    && beta <= alpha
                    && phi >= 0.8
                    && phi <= 0.98;
        }
    }

    @Override
    public int leastDays() {
        return 3 * WEEK;
    }

    @Override
    public Model fit(double[] history) {
        var start = new Start(history);
        var best = Simplex.minimum(p -> loss(history, start, Parameters.of(p)), START, FIRST_STEP, ITERATIONS);
        return (seen, days) -> continued(seen, days, Parameters.of(best));
    }

    private static double loss(double[] history, Start start, Parameters parameters) {
        return parameters.usable() ? new State(start, parameters).run(history) : Double.MAX_VALUE;
    }

    private static double[] continued(double[] history, int days, Parameters parameters) {
        var state = new State(new Start(history), parameters);
        state.run(history);
        var expected = new double[days];
        double damping = 1;
        double damped = 0;
        for (int day = 0; day < days; day++) {
            damping *= parameters.phi;
            damped += damping;
            double weekday = state.season[(history.length + day) % WEEK];
            expected[day] = Math.max(0, state.level + damped * state.trend + weekday);
        }
        return expected;
    }

    /** Where smoothing begins: the level and the weekdays of the first weeks. */
    private record Start(double level, double[] season) {
        Start(double[] history) {
            this(
                    Arrays.stream(history, 0, Math.min(history.length, 4 * WEEK))
                            .average()
                            .orElse(0),
                    Weekdays.of(history, 0, Math.min(history.length, 8 * WEEK)));
        }
    }

    private static final class State {
        private final Parameters parameters;
        private final double[] season;
        private double level;
        private double trend;

        State(Start start, Parameters parameters) {
            this.parameters = parameters;
            this.season = start.season.clone();
            this.level = start.level;
        }

        /** Smooths a history. @return the sum of squared one-day errors */
        double run(double[] history) {
            double squares = 0;
            for (int day = 0; day < history.length; day++) {
                double before = level + parameters.phi * trend;
                double error = history[day] - before - season[day % WEEK];
                squares += error * error;
                level = before + parameters.alpha * error;
                trend = parameters.phi * trend + parameters.beta * error;
                season[day % WEEK] += parameters.gamma * error;
            }
            return squares;
        }
    }
}
