package dev.centime.budget.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/** Somebody has seen to an alert. The first counts. @param by the caller, as id */
@StoredAs(name = "alert-acknowledged")
public record AlertAcknowledged(String alertId, String by, Instant at) {}
