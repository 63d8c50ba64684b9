package dev.centime.contracts;

/** What can happen to a budget. Its events in order are its whole story, and its audit. */
public sealed interface BudgetEvent permits BudgetSet, BudgetDeleted {
    String budgetId();

    /** 1 at creation, one more with every change. */
    int revision();
}
