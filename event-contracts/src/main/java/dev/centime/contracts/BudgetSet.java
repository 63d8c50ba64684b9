package dev.centime.contracts;

import java.time.Instant;

/**
 * A budget is now this: created, or changed as a whole.
 *
 * @param setBy who made it this, as id
 * @param createdBy who set its first revision, as id
 * @param createdAt when that was
 */
@StoredAs(name = "budget-set")
public record BudgetSet(
        String budgetId, int revision, BudgetDefinition definition, String setBy, String createdBy, Instant createdAt)
        implements BudgetEvent {}
