package dev.centime.contracts;

/** A budget holds no longer. Its history stays. */
@StoredAs(name = "budget-deleted")
public record BudgetDeleted(String budgetId, int revision, String deletedBy) implements BudgetEvent {}
