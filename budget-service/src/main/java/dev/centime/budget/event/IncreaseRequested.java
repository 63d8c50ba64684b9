package dev.centime.budget.event;

import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import java.time.Instant;

/**
 * Somebody needs more than a budget's limit. An administrator decides on it ({@link IncreaseDecided}), and sees it as the alert that
 * stands beside this.
 *
 * @param limit the one that stands
 * @param wanted US dollars a window instead
 * @param reason why, for people
 * @param by who asks, as id
 */
@StoredAs(name = "increase-requested")
public record IncreaseRequested(
        String requestId, String budgetId, Money limit, Money wanted, String reason, String by, Instant at) {}
