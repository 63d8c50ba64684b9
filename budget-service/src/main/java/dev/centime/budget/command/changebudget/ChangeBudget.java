package dev.centime.budget.command.changebudget;

import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Stale;
import dev.centime.budget.BudgetState;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.util.List;

/**
 * A budget shall be this from now on.
 *
 * @param seenRevision the one that the caller has changed
 * @param by the caller, as id
 */
record ChangeBudget(String budgetId, int seenRevision, BudgetDefinition definition, String by) {

    List<BudgetEvent> decide(BudgetState state) {
        var standing = state.standing(budgetId);
        if (standing.revision() != seenRevision) {
            throw new Refused(new Stale(budgetId, standing.revision()));
        }
        return standing.definition().equals(definition)
                ? List.of()
                : List.of(new BudgetSet(budgetId, seenRevision + 1, definition, by, standing.createdAt()));
    }
}
