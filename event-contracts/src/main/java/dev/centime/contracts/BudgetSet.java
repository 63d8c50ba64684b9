package dev.centime.contracts;

import java.time.Instant;

/**
 * A budget is now this: created, or changed as a whole.
 *
 * @param setBy the caller, as id
 * @param createdAt when its first revision was set
 */
@StoredAs(name = "budget-set")
public record BudgetSet(String budgetId, int revision, BudgetDefinition definition, String setBy, Instant createdAt)
        implements BudgetEvent {}
