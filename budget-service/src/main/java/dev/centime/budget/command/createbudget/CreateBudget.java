package dev.centime.budget.command.createbudget;

import dev.centime.contracts.BudgetDefinition;
import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** There shall be a budget. @param by the caller, as id */
record CreateBudget(@TargetEntityId String budgetId, BudgetDefinition definition, String by, Instant at) {}
