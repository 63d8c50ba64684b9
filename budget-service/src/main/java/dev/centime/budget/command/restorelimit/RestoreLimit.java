package dev.centime.budget.command.restorelimit;

import java.time.Instant;
import org.axonframework.modelling.annotation.TargetEntityId;

/** What was let beyond a limit is taken back. @param by who does, as id */
record RestoreLimit(@TargetEntityId String budgetId, String by, Instant at) {}
