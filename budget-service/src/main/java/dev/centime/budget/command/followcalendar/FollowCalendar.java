package dev.centime.budget.command.followcalendar;

import dev.centime.contracts.BudgetDefinition.Calendar;
import org.axonframework.modelling.annotation.TargetEntityId;

/** The organization counts its days differently now, and so shall its budget. @param by who says so, as id */
public record FollowCalendar(@TargetEntityId String budgetId, Calendar calendar, String by) {}
