package dev.centime.budget.command.decideincrease;

import java.time.Instant;

/** An administrator grants a request for an increase, or does not. @param reason why, for people. @param by who, as id */
record DecideIncrease(String budgetId, String requestId, boolean approved, String reason, String by, Instant at) {}
