package dev.centime.forecast.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses a method for a history by backtest, and forecasts with it. Same history, same forecast. */
public final class Forecaster {
    /** What there is to say of a history without a single day. */
    public static final String NO_HISTORY = "no_history";

    /** No method looks at more days than these. */
    public static final int MOST_HISTORY_DAYS = 365;

    private static final String COMBINATION = "combination";

    /** Another method is taken only where it was clearly better: choosing by small differences is choosing by luck. */
    private static final double CLEARLY_BETTER = 0.9;

    private static final int LEAST_DAYS_TO_TEST = 2 * Method.WEEK;
    private static final int LEAST_LEARNED_FROM = 8 * Method.WEEK;
    private static final Method MEAN = new RecentMean("mean", 4 * Method.WEEK);

    /** The members of the combination; the simplest first. */
    private static final List<Method> MEMBERS = List.of(
            new SeasonalMean("seasonal_naive", 1),
            new SeasonalMean("seasonal_mean", 4),
            new RootScale(new HoltWinters("holt_winters")),
            new RootScale(new SeasonalArima("seasonal_arima")));

    /** Stand outside: the one knows no week, the other follows a line for ever, which is right for some series only. */
    private static final List<Method> OTHERS = List.of(MEAN, new RootScale(new Theta("theta")));

    private Forecaster() {}

    /**
     * @param history spend by day, oldest first, not negative; days without spend are 0. May be empty
     * @param gap days between the history's last and the first one asked for, such as 1 when today is not over
     * @param days how many are asked for, at least one
     * @param level the share of actual values that shall lie inside the bounds, between 0 and 1
     */
    public static Outlook forecast(double[] history, int gap, int days, double level) {
        var used = Arrays.copyOfRange(history, Math.max(0, history.length - MOST_HISTORY_DAYS), history.length);
        if (used.length == 0) {
            var nothing = Collections.nCopies(gap + days, new Interval(0, 0, 0));
            return outlook(NO_HISTORY, null, used, gap, nothing, nothing.subList(0, days));
        }
        var choice = choose(used, gap, days, level);
        var expected = choice.method.fit(used).forecast(used, gap + days);
        var each = IntStream.range(0, gap + days)
                .mapToObj(day -> choice.ofDays.around(expected[day], day, level))
                .toList();
        var totals = totals(each.subList(gap, gap + days), choice.ofTotals, level);
        return outlook(choice.method.name(), choice.accuracy, used, gap, each, totals);
    }

    private static Outlook outlook(
            String method,
            @Nullable Accuracy accuracy,
            double[] history,
            int gap,
            List<Interval> each,
            List<Interval> totals) {
        return new Outlook(
                method,
                history.length,
                accuracy,
                Trend.of(history),
                Rhythm.detected(history),
                List.copyOf(each.subList(0, gap)),
                List.copyOf(each.subList(gap, each.size())),
                List.copyOf(totals));
    }

    /** What to forecast with, and how wrong it may be. */
    private record Choice(Method method, @Nullable Accuracy accuracy, ErrorBand ofDays, ErrorBand ofTotals) {}

    private static Choice choose(double[] history, int gap, int days, double level) {
        if (history.length < LEAST_DAYS_TO_TEST) {
            return new Choice(MEAN, null, ShortHistory.days(history), ShortHistory.totals(history));
        }
        int leastSeen = Math.min(LEAST_LEARNED_FROM, history.length / 2);
        var tested = test(history, Backtest.of(history.length, leastSeen, gap + days), leastSeen);
        var trial = tested.trial;
        // A short history may have been tested on no more days than the gap; then these stand for those after it.
        var ahead = trial.days() > gap ? trial.after(gap) : trial;
        return new Choice(
                tested.method,
                Accuracy.of(trial, history, level),
                ErrorBand.ofDays(trial, history.length),
                ErrorBand.ofTotals(ahead, history.length));
    }

    private record Tested(Method method, Trial trial) {}

    private static Tested test(double[] history, Backtest backtest, int leastSeen) {
        var members = MEMBERS.stream()
                .filter(member -> member.leastDays() <= leastSeen)
                .map(member -> new Tested(member, backtest.of(member, history)))
                .toList();
        var others = OTHERS.stream()
                .filter(other -> other.leastDays() <= leastSeen)
                .map(other -> new Tested(other, backtest.of(other, history)));
        var combination = new Tested(
                new Median(COMBINATION, members.stream().map(Tested::method).toList()),
                Trial.ofMedian(COMBINATION, members.stream().map(Tested::trial).toList()));
        var best = Stream.concat(members.stream(), others)
                .min(Comparator.comparingDouble(tested -> tested.trial.loss()))
                .orElseThrow();
        return best.trial.loss() < CLEARLY_BETTER * combination.trial.loss() ? best : combination;
    }

    /** A total is never less certain than its days are, all wrong in the same direction; and it never falls with more days. */
    private static List<Interval> totals(List<Interval> days, ErrorBand band, double level) {
        var totals = new ArrayList<Interval>();
        double lower = 0;
        double expected = 0;
        double upper = 0;
        var before = new Interval(0, 0, 0);
        for (int day = 0; day < days.size(); day++) {
            lower += days.get(day).lower();
            expected += days.get(day).expected();
            upper += days.get(day).upper();
            var total = day == 0
                    ? days.getFirst()
                    : band.around(expected, day, level).within(Math.max(lower, before.lower()), upper);
            before = new Interval(total.lower(), expected, Math.max(total.upper(), before.upper()));
            totals.add(before);
        }
        return List.copyOf(totals);
    }
}
