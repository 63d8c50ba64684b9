package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.Criterion;
import java.util.List;
import java.util.Set;

/**
 * A rule: what a command comes to, given what has happened. Pure: time and ids come with the command, and the same call gives the
 * same answer. A command that its sender may repeat leaves its mark in the state, so that the repetition is known for one.
 *
 * @param <C> commands; sealed where there are several
 * @param <S> the state: immutable, and nothing but what the decision reads
 */
public interface Decider<C, S> {
    /** Stable; names the snapshots. */
    String name();

    /** The events that the state of an entity is folded from. */
    Set<Criterion> criteria(String entity);

    S initial();

    /** The state after an event; events it does not care about leave it as it is. */
    S evolve(S state, Object event);

    /**
     * What a command comes to.
     *
     * @throws RuntimeException to refuse it; nobody else's command fails for that
     */
    List<Fact> decide(C command, S state);

    /** How states are kept between decisions. */
    SnapshotForm<S> snapshots();
}
