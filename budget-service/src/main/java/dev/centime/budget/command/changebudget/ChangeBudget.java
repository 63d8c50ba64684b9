package dev.centime.budget.command.changebudget;

import dev.centime.contracts.BudgetDefinition;
import org.axonframework.modelling.annotation.TargetEntityId;

/**
 * A budget shall be this from now on.
 *
 * @param seenRevision the one that the caller has changed
 * @param by the caller, as id
 */
record ChangeBudget(@TargetEntityId String budgetId, int seenRevision, BudgetDefinition definition, String by) {}
