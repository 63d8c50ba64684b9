package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Timer;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of reservations while some events are folded: those made and closed meanwhile never reach the table. */
final class Reservations {
    /** Names the timer that ends one. */
    static final String EXPIRY = "reservation-expiry";

    private final Map<Key, SpendReserved> made = new LinkedHashMap<>();
    private final Set<Closed> closed = new LinkedHashSet<>();

    /** A reservation of an organization. */
    record Key(String organization, String id) {}

    /** One that is closed. @param person whose call settles it, as id, empty for nobody's; null when it is closed whosever it is */
    record Closed(Key key, @Nullable String person) {}

    void fold(Event event) {
        var organization = event.stored().organization();
        switch (event.payload()) {
            case SpendReserved reserved -> made.put(new Key(organization, reserved.reservationId()), reserved);
            case ReservationReleased released -> close(new Key(organization, released.reservationId()));
            case ReservationExpired expired -> close(new Key(organization, expired.reservationId()));
            default ->
                throw new IllegalArgumentException(
                        "no reservation: " + event.stored().type());
        }
    }

    /** Also one that is not known, or closed already. */
    private void close(Key reservation) {
        if (made.remove(reservation) == null) {
            closed.add(new Closed(reservation, null));
        }
    }

    /** A call names it, and settles it if it was held for that call's person, or for nobody in particular. */
    void settle(Key reservation, Charge charge) {
        var reserved = made.get(reservation);
        if (reserved == null) {
            var person = charge.attribution().subject();
            closed.add(new Closed(reservation, person == null ? "" : person));
        } else if (charge.maySettle(reserved.call().get("user"))) {
            made.remove(reservation);
        }
    }

    /**
     * Writes it down, with the timers that let the open ones expire. What closed one before it was made has closed nothing, so that the
     * closed ones go first: it is held until it expires, wherever a page ends in between.
     */
    Uni<Void> write(View view) {
        return end(view).chain(() -> hold(view));
    }

    private Uni<Void> hold(View view) {
        var done = Uni.createFrom().voidItem();
        if (!made.isEmpty()) {
            var timers = made.entrySet().stream()
                    .map(entry -> new Timer(
                            EXPIRY,
                            entry.getKey().organization(),
                            entry.getKey().id(),
                            entry.getValue().expiresAt()))
                    .toList();
            done = done.chain(() -> InsertReservations.execute(view, made))
                    .chain(() -> view.timers().set(timers));
        }
        return done;
    }

    private Uni<Void> end(View view) {
        var done = Uni.createFrom().voidItem();
        if (!closed.isEmpty()) {
            done = done.chain(() -> DeleteReservations.execute(view, closed)).chain(gone -> cancel(view, gone));
        }
        return done;
    }

    private static Uni<Void> cancel(View view, Collection<Key> gone) {
        var byOrganization = gone.stream().collect(Collectors.groupingBy(Key::organization));
        return Multi.createFrom()
                .iterable(byOrganization.entrySet())
                .onItem()
                .transformToUniAndConcatenate(own -> cancel(view, own.getKey(), own.getValue()))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> cancel(View view, String organization, Collection<Key> keys) {
        return view.timers()
                .cancel(EXPIRY, organization, keys.stream().map(Key::id).toList());
    }
}
