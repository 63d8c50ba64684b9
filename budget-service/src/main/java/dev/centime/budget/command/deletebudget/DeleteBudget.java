package dev.centime.budget.command.deletebudget;

import org.axonframework.modelling.annotation.TargetEntityId;
import org.jspecify.annotations.Nullable;

/**
 * A budget shall hold no longer.
 *
 * @param seenRevision the one to delete; null for whichever stands
 * @param by the caller, as id
 */
record DeleteBudget(
        @TargetEntityId String budgetId, @Nullable Integer seenRevision, String by) {}
