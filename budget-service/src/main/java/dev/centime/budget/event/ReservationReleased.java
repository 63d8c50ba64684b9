package dev.centime.budget.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/** A reservation is given back before a call settled it. One that is closed already stays as it was. @param by who, as id */
@StoredAs(name = "reservation-released")
public record ReservationReleased(String reservationId, String by, Instant at) {}
