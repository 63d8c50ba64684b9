package dev.centime.budget.view.budgets;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.budget.Budget;

/** A budget in a list, with how it stands, so that a page of bars is one call. */
public record ListedBudget(@JsonUnwrapped Budget budget, BudgetStatus status) {}
