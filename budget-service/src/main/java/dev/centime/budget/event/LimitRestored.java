package dev.centime.budget.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/** What was let beyond a limit is taken back before its end. @param by who, as id */
@StoredAs(name = "limit-restored")
public record LimitRestored(String budgetId, String by, Instant at) {}
