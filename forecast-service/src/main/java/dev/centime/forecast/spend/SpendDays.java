package dev.centime.forecast.spend;

import dev.centime.contracts.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What was spent on days of a zone.
 *
 * @param spent by day; days without calls are absent
 */
public record SpendDays(NavigableMap<LocalDate, Money> spent) {
    public static final SpendDays NONE = new SpendDays(new TreeMap<>());

    public SpendDays {
        spent = java.util.Collections.unmodifiableNavigableMap(new TreeMap<>(spent));
    }

    public Money on(LocalDate day) {
        return spent.getOrDefault(day, Money.ZERO);
    }

    /** From one day to another, both included. */
    public Money between(LocalDate first, LocalDate last) {
        return first.isAfter(last)
                ? Money.ZERO
                : spent.subMap(first, true, last, true).values().stream().reduce(Money.ZERO, Money::plus);
    }

    /** The first day with a call, null without any. */
    public @Nullable LocalDate first() {
        return spent.isEmpty() ? null : spent.firstKey();
    }

    /** Day after day from the first call to a last day, included; empty when there was no call by then. */
    public double[] until(LocalDate last) {
        var first = first();
        if (first == null || first.isAfter(last)) {
            return new double[0];
        }
        return IntStream.rangeClosed(0, Math.toIntExact(ChronoUnit.DAYS.between(first, last)))
                // A correction may leave a day below zero by itself; no method knows what to do with that.
                .mapToDouble(day -> Math.max(0, on(first.plusDays(day)).amount().doubleValue()))
                .toArray();
    }
}
