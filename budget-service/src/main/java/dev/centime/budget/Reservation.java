package dev.centime.budget;

import dev.centime.budget.CallOf.Asked;
import dev.centime.budget.event.SpendReserved;
import dev.centime.eventstore.log.Position;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What is held for a call to come, as it was when it was made.
 *
 * @param expiresAt when it is given back unless a usage record names it, or it is released
 * @param budgets that hold it, as they stood before; of very many those that stop calls first, fifty in all
 * @param spentUpTo the position of the log up to which all spend was counted
 */
@Schema(name = "Reservation")
public record Reservation(String id, Instant expiresAt, List<LimitUse> budgets, String spentUpTo) {
    /**
     * @param at where the log holds it
     * @param asked whose call it is, and who is answered
     */
    public static Reservation of(SpendReserved made, Position at, Asked asked) {
        return new Reservation(
                made.reservationId(),
                made.expiresAt(),
                LimitUse.of(made.uses(), asked),
                new Position(at.timeline(), at.partition(), made.spentUpTo()).toString());
    }
}
