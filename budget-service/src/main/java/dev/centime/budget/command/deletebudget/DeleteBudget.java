package dev.centime.budget.command.deletebudget;

import dev.centime.budget.BudgetState;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetEvent;
import java.util.List;

/** A budget shall hold no longer. @param by the caller, as id */
record DeleteBudget(String budgetId, String by) {

    List<BudgetEvent> decide(BudgetState state) {
        return List.of(new BudgetDeleted(budgetId, state.standing(budgetId).revision() + 1, by));
    }
}
