package dev.centime.forecast.method;

/** The straight line through values, by least squares. */
final class Line {
    private Line() {}

    /** By how much it rises a day; 0 for fewer than two values. */
    static double slope(double[] values) {
        if (values.length < 2) {
            return 0;
        }
        double middle = (values.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            products += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }
        return products / squares;
    }
}
