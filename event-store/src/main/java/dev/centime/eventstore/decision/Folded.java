package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.Position;

/**
 * The state of an entity as of a place in the log.
 *
 * @param sinceSnapshot events folded in since it was last written down
 * @param fresh whether the log was read, or written by us, in this very round
 */
record Folded<S>(S state, Position upTo, int sinceSnapshot, boolean fresh) {
    Folded<S> at(Position newest) {
        return new Folded<>(state, newest, sinceSnapshot, fresh);
    }

    Folded<S> stale() {
        return new Folded<>(state, upTo, sinceSnapshot, false);
    }
}
