package dev.centime.forecast.method;

import org.jspecify.annotations.Nullable;

/**
 * How right the chosen method was on days that are known by now.
 *
 * @param wapeTotal absolute error of totals as a share of the totals; null when nothing was spent on those days
 * @param mase mean absolute error of a day, as a multiple of how much a day differs from the same weekday a week before; null when
 *     it never differs
 * @param coverage share of days inside the bounds, these drawn from the other days; null with too few to tell
 * @param days how far ahead this was measured
 */
public record Accuracy(
        @Nullable Double wapeTotal,
        @Nullable Double mase,
        @Nullable Double coverage,
        int days) {
    private static final int BLOCKS = 4;

    static Accuracy of(Trial trial, double[] history, double level) {
        double total = trial.meanTotal();
        double weekly = weeklyDifference(history);
        return new Accuracy(
                total > 0 ? trial.totalError() / total : null,
                weekly > 0 ? trial.dailyError() / weekly : null,
                trial.origins() < 2 * BLOCKS ? null : coverage(trial, history.length, level),
                trial.days());
    }

    private static double weeklyDifference(double[] history) {
        double sum = 0;
        for (int day = Method.WEEK; day < history.length; day++) {
            sum += Math.abs(history[day] - history[day - Method.WEEK]);
        }
        return sum / Math.max(1, history.length - Method.WEEK);
    }

    /** Each block of origins against a band from the origins of the other blocks. */
    private static double coverage(Trial trial, int historyDays, double level) {
        int inside = 0;
        for (int block = 0; block < BLOCKS; block++) {
            int from = block * trial.origins() / BLOCKS;
            int to = (block + 1) * trial.origins() / BLOCKS;
            var band = ErrorBand.ofDays(trial.without(from, to), historyDays);
            for (int origin = from; origin < to; origin++) {
                for (int day = 0; day < trial.days(); day++) {
                    var bounds = band.around(trial.expected()[origin][day], day, level);
                    double actual = trial.actual()[origin][day];
                    inside += bounds.lower() <= actual && actual <= bounds.upper() ? 1 : 0;
                }
            }
        }
        return (double) inside / (trial.origins() * trial.days());
    }
}
