package dev.centime.budget.command.createbudget;

import dev.centime.budget.BudgetState;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetEvent;
import dev.centime.contracts.BudgetSet;
import java.time.Instant;
import java.util.List;

/** There shall be a budget. @param by the caller, as id */
record CreateBudget(String budgetId, BudgetDefinition definition, String by, Instant at) {

    /** Said again, after a lost answer, it changes nothing. */
    List<BudgetEvent> decide(BudgetState state) {
        return switch (state) {
            case BudgetState.Unset _ -> List.of(new BudgetSet(budgetId, 1, definition, by, at));
            case BudgetState.Standing _, BudgetState.Deleted _ -> List.of();
        };
    }
}
