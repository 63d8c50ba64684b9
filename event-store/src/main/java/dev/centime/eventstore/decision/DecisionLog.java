package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
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

    /** The state as the log has it now. @param known to begin from, null for the snapshot or the first event */
    Uni<Folded<S>> fold(String organization, String entity, @Nullable Folded<S> known) {
        var from = known != null ? Uni.createFrom().item(known) : fromSnapshot(organization, entity);
        return from.chain(base -> log.source(organization, decider.criteria(entity), base.offset())
                .map(sourced -> new Folded<>(
                        fold(base.state(), sourced.events()),
                        sourced.head().offset(),
                        base.sinceSnapshot() + sourced.events().size(),
                        true))
                .map(folded -> keep(organization, entity, folded)));
    }

    private Uni<Folded<S>> fromSnapshot(String organization, String entity) {
        return snapshots.find(organization, decider.name(), entity).map(found -> found.flatMap(this::read)
                .orElseGet(() -> new Folded<>(decider.initial(), 0, 0, false)));
    }

    private Optional<Folded<S>> read(Snapshot snapshot) {
        if (snapshot.version() != decider.snapshots().version()) {
            return Optional.empty();
        }
        return Optional.ofNullable(decider.snapshots().read(snapshot.state()))
                .map(state -> new Folded<>(state, snapshot.offset(), 0, false));
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

    Uni<Appended> append(String organization, String entity, List<Fact> facts, long after) {
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
                        new Snapshot(form.version(), folded.offset(), form.write(folded.state())))
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("a snapshot was not stored: %s", failure));
        return new Folded<>(folded.state(), folded.offset(), 0, folded.fresh());
    }
}
