package dev.centime.eventstore.decision;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Tag;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An example: a show sells no more seats than it has, and one to a ticket. */
final class Seats implements Decider<Seats.Sell, Seats.State> {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final int every;

    Seats(int every) {
        this.every = every;
    }

    record Sell(String ticket) {}

    record SeatsAdded(int seats) {}

    record SeatSold(String ticket) {}

    record State(int left, int sold, Set<String> last) {}

    static final class SoldOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SoldOut() {
            super("sold out", null, false, false);
        }
    }

    static EventTypes types() {
        return EventTypes.with(new JsonMapper())
                .add(SeatsAdded.class, "seats-added", 1)
                .add(SeatSold.class, "seat-sold", 1)
                .build();
    }

    static NewEvent added(String id, int seats) {
        return types().encode(id, NOW, new SeatsAdded(seats), Map.of(), Set.of(tag("opera")));
    }

    static Tag tag(String show) {
        return new Tag("show", show);
    }

    @Override
    public String name() {
        return "seats";
    }

    @Override
    public Set<Criterion> criteria(String show) {
        return Set.of(new Criterion(Set.of(tag(show)), Set.of()));
    }

    @Override
    public State initial() {
        return new State(0, 0, Set.of());
    }

    @Override
    public State evolve(State state, Object event) {
        return switch (event) {
            case SeatsAdded added -> new State(state.left + added.seats, state.sold, state.last);
            case SeatSold sold -> new State(state.left - 1, state.sold + 1, with(state.last, sold.ticket));
            default -> state;
        };
    }

    /** Enough tickets to know a repetition by; a real rule would keep open ones only. */
    private static Set<String> with(Set<String> last, String ticket) {
        var tickets = last.size() < 1_000 ? new HashSet<>(last) : new HashSet<String>();
        tickets.add(ticket);
        return tickets;
    }

    @Override
    public List<Fact> decide(Sell command, State state) {
        if (state.last.contains(command.ticket)) {
            return List.of();
        }
        if (state.left == 0) {
            throw new SoldOut();
        }
        return List.of(
                new Fact("sold-" + command.ticket, NOW, new SeatSold(command.ticket), Map.of(), Set.of(tag("opera"))));
    }

    @Override
    public SnapshotForm<State> snapshots() {
        return new SnapshotForm<>(State.class, 1, every, new JsonMapper());
    }
}
