package dev.centime.budget.view.budgets;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.centime.budget.Budget;
import org.jspecify.annotations.Nullable;

/** A budget in a list, with how it stands, so that a page of bars is one call. @param status null where that is not the caller's to know */
public record ListedBudget(
        @JsonUnwrapped Budget budget, @Nullable BudgetStatus status) {}
