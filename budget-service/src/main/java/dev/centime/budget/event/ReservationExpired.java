package dev.centime.budget.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/** Nobody settled or released a reservation in its time. One that is closed already stays as it was. */
@StoredAs(name = "reservation-expired")
public record ReservationExpired(String reservationId, Instant at) {}
