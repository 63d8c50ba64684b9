package dev.centime.budget.limit;

import dev.centime.contracts.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Spending that goes on as it did since the window began. */
public final class BurnRate {
    private BurnRate() {}

    /**
     * When the limit would be used up: now + (limit - spend) × elapsed / spend.
     *
     * @return empty when it would not be within the window or the window has no end, when nothing was spent, or when it is used up already
     */
    public static Optional<Instant> exhaustion(Window window, Money limit, Money spend, Instant now) {
        var left = limit.minus(spend).amount();
        var end = window.end();
        if (end == null || !window.contains(now) || spend.amount().signum() <= 0 || left.signum() <= 0) {
            return Optional.empty();
        }
        var elapsed = BigDecimal.valueOf(Duration.between(window.start(), now).toSeconds());
        var seconds = left.multiply(elapsed).divide(spend.amount(), 0, RoundingMode.CEILING);
        var secondsLeft = BigDecimal.valueOf(Duration.between(now, end).toSeconds());
        return seconds.compareTo(secondsLeft) < 0
                ? Optional.of(now.plusSeconds(seconds.longValueExact()))
                : Optional.empty();
    }
}
