package dev.centime.budget;

import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reservations as they were made, open or closed, from the log itself. */
@ApplicationScoped
public class MadeReservations {
    private final EventLog log;
    private final EventTypes types;

    MadeReservations(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    /** @param position where the log holds it */
    public record Made(SpendReserved event, Position position) {}

    /** Of the event that makes a reservation: the log takes it once, and finds it by this for ever. */
    public static String eventId(String reservationId) {
        return DerivedId.of("spend-reserved", reservationId).toString();
    }

    /** The event that gives one back; the log takes it once. @param by who does, as id */
    public static NewEvent released(EventTypes types, String reservationId, String by, Instant at) {
        return types.encode(
                DerivedId.of("reservation-released", reservationId).toString(),
                at,
                new ReservationReleased(reservationId, by, at),
                Map.of("actor", by),
                Set.of());
    }

    public Uni<Optional<Made>> find(String organization, String reservationId) {
        var id = eventId(reservationId);
        return Uni.combine()
                .all()
                .unis(log.timeline(), log.find(organization, List.of(id)))
                .asTuple()
                .map(found -> Optional.ofNullable(found.getItem2().get(id)).flatMap(stored -> types.decode(stored)
                        .map(payload -> new Made(
                                (SpendReserved) payload,
                                new Position(found.getItem1(), stored.partition(), stored.offset())))));
    }
}
