package dev.centime.forecast.method;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be expected.
 *
 * @param method that was chosen
 * @param historyDays it rests on
 * @param accuracy null when there was too little history to test on
 * @param seasonal whether the days of the week differ
 * @param gap each day between the history and the first one asked for
 * @param days each day asked for
 * @param totals of all days up to each; bounds of their own, since errors of days partly cancel out
 */
public record Outlook(
        String method,
        int historyDays,
        @Nullable Accuracy accuracy,
        Trend trend,
        boolean seasonal,
        List<Interval> gap,
        List<Interval> days,
        List<Interval> totals) {

    /** The total of the first days. */
    public Interval total(int days) {
        return totals.get(days - 1);
    }
}
