package dev.centime.forecast.method;

/** A way to continue a series of daily values that has a weekly rhythm. */
public interface Method {
    /** Days of a week, the one season that every method knows. */
    int WEEK = 7;

    /** Stable, as shown to users, such as {@code theta}. */
    String name();

    /** The shortest history that it makes sense on, in days. */
    int leastDays();

    /**
     * Learns what is to be learned from a history.
     *
     * @param history oldest first, at least {@link #leastDays()}, finite and not negative
     */
    Model fit(double[] history);

    /** A method with its parameters known. */
    @FunctionalInterface
    interface Model {
        /**
         * The expected values of the days after a history, which may be longer than the one learned from.
         *
         * @param days how many, at least one
         * @return finite values, not negative
         */
        double[] forecast(double[] history, int days);
    }
}
