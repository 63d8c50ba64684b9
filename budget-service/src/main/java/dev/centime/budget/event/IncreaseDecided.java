package dev.centime.budget.event;

import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import java.time.Instant;

/**
 * An administrator has decided on a request for an increase. Once for each; a change of the budget that came of it stands before this in
 * the same append.
 *
 * @param limit of the budget from then on, US dollars a window
 * @param reason why, for people
 * @param by who decided, as id
 */
@StoredAs(name = "increase-decided")
public record IncreaseDecided(
        String requestId, String budgetId, boolean approved, Money limit, String reason, String by, Instant at) {}
