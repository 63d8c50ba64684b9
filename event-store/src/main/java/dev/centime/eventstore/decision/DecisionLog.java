package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Snapshots;
import dev.centime.eventstore.log.Snapshots.Snapshot;
import dev.centime.eventstore.log.StoredEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What a decider reads and writes: states folded from snapshot and log, and facts appended if nothing came between. */
final class DecisionLog<S> {
    private static final Logger LOG = Logger.getLogger(DecisionLog.class);

    private final EventLog log;
    private final Snapshots snapshots;
    private final EventTypes types;
    private final Decider<?, S> decider;

    DecisionLog(EventLog log, Snapshots snapshots, EventTypes types, Decider<?, S> decider) {
        this.log = log;
        this.snapshots = snapshots;
        this.types = types;
        this.decider = decider;
    }

    /** A state to fold on from. */
    private record Base<S>(S state, long offset, int sinceSnapshot) {}

    /** The state as the log has it now. @param known to begin from, null for the snapshot or the first event */
    Uni<Folded<S>> fold(String organization, String entity, @Nullable Folded<S> known) {
        if (known == null) {
            return fromSnapshot(organization, entity)
                    .chain(base -> fold(organization, entity, base))
                    .map(folded -> keep(organization, entity, folded));
        }
        var base = new Base<>(known.state(), known.upTo().offset(), known.sinceSnapshot());
        // On another timeline that state may rest on events that the log does not hold any more.
        return fold(organization, entity, base)
                .chain(folded -> folded.upTo().timeline() == known.upTo().timeline()
                        ? Uni.createFrom().item(keep(organization, entity, folded))
                        : fold(organization, entity, (Folded<S>) null));
    }

    private Uni<Folded<S>> fold(String organization, String entity, Base<S> base) {
        return log.source(organization, decider.criteria(entity), base.offset)
                .map(sourced -> new Folded<>(
                        fold(base.state, sourced.events()),
                        sourced.head(),
                        base.sinceSnapshot + sourced.events().size(),
                        true));
    }

    private Uni<Base<S>> fromSnapshot(String organization, String entity) {
        return snapshots.find(organization, decider.name(), entity).map(found -> found.flatMap(this::read)
                .orElseGet(() -> new Base<>(decider.initial(), 0, 0)));
    }

    private Optional<Base<S>> read(Snapshot snapshot) {
        if (snapshot.version() != decider.snapshots().version()) {
            return Optional.empty();
        }
        return Optional.ofNullable(decider.snapshots().read(snapshot.state()))
                .map(state -> new Base<>(state, snapshot.offset(), 0));
    }

    private S fold(S state, List<StoredEvent> events) {
        for (var event : events) {
            var payload = types.decode(event);
            if (payload.isPresent()) {
                state = decider.evolve(state, payload.get());
            }
        }
        return state;
    }

    Uni<Appended> append(String organization, String entity, List<Fact> facts, Position after) {
        var events = facts.stream()
                .map(fact -> types.encode(fact.id(), fact.at(), fact.payload(), fact.metadata(), fact.tags()))
                .toList();
        return log.append(organization, events, new AppendCondition(decider.criteria(entity), after));
    }

    /** Beside the decision, which does not wait for it; a snapshot that was not stored only costs time later. */
    Folded<S> keep(String organization, String entity, Folded<S> folded) {
        if (folded.sinceSnapshot() < decider.snapshots().every()) {
            return folded;
        }
        var form = decider.snapshots();
        snapshots
                .save(
                        organization,
                        decider.name(),
                        entity,
                        new Snapshot(form.version(), folded.upTo().offset(), form.write(folded.state())))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("a snapshot was not stored: %s", failure));
        return new Folded<>(folded.state(), folded.upTo(), 0, folded.fresh());
    }
}
