package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.forecast.event.Amount;
import dev.centime.forecast.method.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Expectations as amounts: rounded to a millionth of a dollar, which is finer than any of them is known. */
final class Dollars {
    private static final int DIGITS = 6;

    private Dollars() {}

    static Money of(double value) {
        return Money.of(BigDecimal.valueOf(value).setScale(DIGITS, RoundingMode.HALF_EVEN));
    }

    static Amount of(Interval interval) {
        return new Amount(of(interval.lower()), of(interval.expected()), of(interval.upper()));
    }

    /** Bounds of a total whose expected value is the exact sum of its days as they are shown. */
    static Amount of(Interval interval, Money expected) {
        return new Amount(least(of(interval.lower()), expected), expected, most(of(interval.upper()), expected));
    }

    static Money least(Money one, Money other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    static Money most(Money one, Money other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
