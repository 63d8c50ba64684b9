package dev.centime.budget.command.liftlimit;

import dev.centime.contracts.Money;
import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/**
 * More may be spent than a budget's limit, for a time.
 *
 * @param additionalAmount US dollars more in a window; null for whatever it takes
 * @param by who allows it, as id
 */
record LiftLimit(
        @TargetEntityId String budgetId,
        String reason,
        Instant until,
        @Nullable Money additionalAmount,
        String by,
        Instant at) {}
