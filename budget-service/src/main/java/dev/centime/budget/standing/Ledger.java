package dev.centime.budget.standing;

import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The units of one partition, all folded up to one position. */
final class Ledger {
    private static final Logger LOG = Logger.getLogger(Ledger.class);

    private final Map<String, Map<String, Unit>> byOrganization = new ConcurrentHashMap<>();
    private final long timeline;
    private final int partition;
    private long position;

    /** Up to here it was said of each event whether anybody wants it. */
    private long asked;

    private boolean ended;

    Ledger(Position position) {
        this.timeline = position.timeline();
        this.partition = position.partition();
        this.position = position.offset();
        this.asked = position.offset();
    }

    long timeline() {
        return timeline;
    }

    int partition() {
        return partition;
    }

    /** Whether an event is wanted; whoever begins later must begin from a view that holds it. */
    synchronized boolean concerns(StoredEvent event) {
        asked = Math.max(asked, event.offset());
        return byOrganization.containsKey(event.organization());
    }

    /** What is known; null when it must be waited for. */
    @Nullable
    Standing known(String organization, String session) {
        var units = byOrganization.get(organization);
        var unit = units == null ? null : units.get(session);
        return unit == null ? null : unit.known();
    }

    /** @param load called with a unit that was not there */
    Unit unit(String organization, String session, Consumer<Unit> load) {
        Unit made;
        synchronized (this) {
            var units = byOrganization.computeIfAbsent(organization, any -> new ConcurrentHashMap<>());
            var there = units.get(session);
            if (there != null) {
                return there;
            }
            made = new Unit(organization, session, Math.max(asked, position));
            if (ended) {
                // Nobody follows for it any more, so that it would be waited for in vain.
                made.fail(anotherLog());
                return made;
            }
            units.put(session, made);
        }
        load.accept(made);
        return made;
    }

    void events(List<Event> page) {
        page.forEach(this::event);
    }

    /** A page that failed comes again as a whole: what was folded is passed over. */
    private synchronized void event(Event event) {
        var offset = event.stored().offset();
        if (offset <= position) {
            return;
        }
        var units = byOrganization.get(event.stored().organization());
        if (units != null) {
            List.copyOf(units.values()).forEach(unit -> fold(unit, event));
        }
        position = offset;
    }

    private void fold(Unit unit, Event event) {
        if (event.payload() instanceof BudgetSet || event.payload() instanceof BudgetDeleted) {
            // What counts against it is summed anew by the view: it is read again when somebody asks.
            if (!unit.holds(event.stored().offset())
                    && !unit.readAgain(event.stored().offset())) {
                remove(unit);
                unit.giveUp();
            }
            return;
        }
        try {
            unit.take(event);
        } catch (RuntimeException e) {
            LOG.warnf(e, "what is known of %s is dropped and read again", unit.organization());
            failed(unit, e);
        }
    }

    synchronized void moved(long upTo) {
        position = Math.max(position, upTo);
        byOrganization.values().forEach(units -> units.values().forEach(unit -> unit.completeAt(position)));
    }

    /** What was read from the view. @return false when that was too old, so that it must be read again */
    synchronized boolean loaded(Unit unit, Standing standing, long upTo) {
        if (unit.mustReach() > upTo) {
            return false;
        }
        unit.begin(standing, upTo);
        unit.completeAt(position);
        return true;
    }

    synchronized void failed(Unit unit, Throwable failure) {
        remove(unit);
        unit.fail(failure);
    }

    /**
     * Something that rests on several units at one position.
     *
     * @param sessions the empty one for the organization's own budgets
     * @return null when one of them is not ready
     */
    synchronized <T> @Nullable T at(
            String organization, Collection<String> sessions, Duration age, Function<Moment, T> work) {
        var standings = new HashMap<String, Standing>();
        for (var session : sessions) {
            var standing = known(organization, session);
            if (standing == null) {
                return null;
            }
            standings.put(session, standing);
        }
        return work.apply(new Moment(new Position(timeline, partition, position), age, standings));
    }

    /** How many figures are held. */
    int size() {
        return byOrganization.values().stream()
                .flatMap(units -> units.values().stream())
                .mapToInt(Unit::size)
                .sum();
    }

    /** What may be forgotten: what is being read comes all the same. */
    Stream<Unit> forgettable() {
        return byOrganization.values().stream()
                .flatMap(units -> units.values().stream())
                .filter(unit -> !unit.isLoading());
    }

    /** Whoever asks again has it read again. */
    synchronized void forget(Unit unit) {
        remove(unit);
    }

    /** The log has become another one: whoever waits must ask again. */
    synchronized void end() {
        ended = true;
        byOrganization.values().forEach(units -> units.values().forEach(unit -> unit.fail(anotherLog())));
        byOrganization.clear();
    }

    private static LogUnavailable anotherLog() {
        return new LogUnavailable("the log has become another one", null);
    }

    private void remove(Unit unit) {
        var units = byOrganization.get(unit.organization());
        if (units != null && units.remove(unit.session(), unit) && units.isEmpty()) {
            byOrganization.remove(unit.organization());
        }
    }
}
