package dev.centime.forecast.event;

import dev.centime.contracts.Money;
import org.jspecify.annotations.Nullable;

/**
 * US dollars to be expected, with bounds. {@code lower <= expected <= upper}, all at least zero.
 *
 * @param lower null where bounds were not asked for
 * @param upper likewise
 */
public record Amount(
        @Nullable Money lower, Money expected, @Nullable Money upper) {
    Amount withoutBounds() {
        return new Amount(null, expected, null);
    }
}
