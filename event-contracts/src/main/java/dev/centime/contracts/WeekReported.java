package dev.centime.contracts;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a week cost an organization, as it was known when it was asked for. Told once a week, whoever asks.
 *
 * @param start first day of the week, in the organization's zone
 * @param end its last day
 * @param totalCost US dollars, of all calls whose cost is known
 * @param previousTotalCost of the week before
 * @param unpricedRequests calls whose cost is not known
 * @param days what each day cost
 * @param top what most was spent on, of a few dimensions, the costliest of each first
 */
@StoredAs(name = "week-reported")
public record WeekReported(
        LocalDate start,
        LocalDate end,
        Money totalCost,
        long requests,
        Money previousTotalCost,
        long previousRequests,
        long unpricedRequests,
        List<Day> days,
        List<Top> top) {

    public WeekReported {
        //noinspection ConstantValue: absent in JSON when empty
        days = days == null ? List.of() : List.copyOf(days);
        //noinspection ConstantValue: absent in JSON when empty
        top = top == null ? List.of() : List.copyOf(top);
    }

    /** @param totalCost US dollars */
    public record Day(LocalDate date, Money totalCost) {}

    /**
     * A value that something was spent on.
     *
     * @param dimension model, project or user; no users where the organization does not show what individuals did
     * @param key a user as subject id; null for calls without a value
     * @param totalCost US dollars
     * @param previousTotalCost of the week before
     */
    public record Top(
            String dimension, @Nullable String key, Money totalCost, long requests, Money previousTotalCost) {}
}
