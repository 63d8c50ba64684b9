package dev.centime.budget.reaction;

import dev.centime.budget.event.ReservationExpired;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.projection.WhenDue;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A reservation that nobody closed in its time expires. It holds until that is in the log: what is under way when a service is away
 * stays held rather than forgotten.
 */
@ApplicationScoped
public class WhenReservationIsDueThenExpire implements WhenDue {
    private final EventLog log;
    private final EventTypes types;

    public WhenReservationIsDueThenExpire(EventLog log, EventTypes types) {
        this.log = log;
        this.types = types;
    }

    @Override
    public String timer() {
        return "reservation-expiry";
    }

    @Override
    public Uni<Void> fire(Due due) {
        var timer = due.timer();
        var expired = types.encode(
                due.id(),
                timer.due(),
                new ReservationExpired(timer.key(), timer.due()),
                Map.of("actor", "budget-service"),
                Set.of());
        return log.append(timer.organization(), List.of(expired)).replaceWithVoid();
    }
}
