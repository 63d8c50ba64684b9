package dev.centime.budget.event;

import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An administrator lets more be spent than a budget's limit, for a time. Another one takes the place of the first.
 *
 * @param reason why, for people
 * @param until from then on the limit holds again
 * @param additionalAmount US dollars more in a window; null for whatever it takes
 * @param by who, as id
 */
@StoredAs(name = "limit-lifted")
public record LimitLifted(
        String budgetId,
        String reason,
        Instant until,
        @Nullable Money additionalAmount,
        String by,
        Instant at) {}
