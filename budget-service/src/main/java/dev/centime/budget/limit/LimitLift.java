package dev.centime.budget.limit;

import dev.centime.contracts.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An administrator lets more be spent than a limit.
 *
 * @param until from then on the limit holds again
 * @param additional US dollars more in a window; null for whatever it takes
 */
public record LimitLift(Instant until, @Nullable Money additional) {
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
