package dev.centime.budget.command.allocatesession;

import dev.centime.contracts.BudgetDefinition;
import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What a session may cost, as a file that was imported says. @param budgetId follows from the session */
public record AllocateSession(@TargetEntityId String budgetId, BudgetDefinition definition, String by, Instant at) {}
