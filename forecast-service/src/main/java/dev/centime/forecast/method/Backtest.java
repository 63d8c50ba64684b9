package dev.centime.forecast.method;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * Forecasts from origins in the past (rolling origin, Tashman 2000): each sees only the days before it, and is compared with those
 * after it. Parameters are learned anew at some of the origins and carried over to the next few.
 *
 * @param origins as lengths of the history seen, ascending
 * @param days how far each looks ahead
 */
record Backtest(int[] origins, int days) {
    private static final int MOST_ORIGINS = 40;
    private static final int ORIGINS_A_FIT = 8;

    /**
     * As many origins as a history allows.
     *
     * @param leastSeen the shortest history an origin may see
     * @param horizon how far to look ahead; less where the history is short
     */
    static Backtest of(int historyDays, int leastSeen, int horizon) {
        // A third of what can be looked at is the most to look ahead, so that there are origins enough to compare.
        int days = Math.clamp((historyDays - leastSeen) / 3, 1, horizon);
        int room = historyDays - days - leastSeen;
        int step = Math.max(1, Math.ceilDiv(room, MOST_ORIGINS));
        var origins = new ArrayList<Integer>();
        for (int back = 0; back <= room; back += step) {
            origins.addFirst(historyDays - days - back);
        }
        return new Backtest(origins.stream().mapToInt(Integer::intValue).toArray(), days);
    }

    Trial of(Method method, double[] history) {
        var expected = new double[origins.length][];
        var actual = new double[origins.length][];
        Method.Model model = null;
        for (int i = 0; i < origins.length; i++) {
            var seen = Arrays.copyOf(history, origins[i]);
            if (model == null || i % ORIGINS_A_FIT == 0) {
                model = method.fit(seen);
            }
            expected[i] = model.forecast(seen, days);
            actual[i] = Arrays.copyOfRange(history, origins[i], origins[i] + days);
        }
        return new Trial(method.name(), expected, actual);
    }
}
