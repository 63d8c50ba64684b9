package dev.centime.eventstore.decision;

/**
 * The state of an entity as of an offset.
 *
 * @param sinceSnapshot events folded in since it was last written down
 * @param fresh whether the log was read, or written by us, in this very round
 */
record Folded<S>(S state, long offset, int sinceSnapshot, boolean fresh) {
    Folded<S> at(long newest) {
        return new Folded<>(state, newest, sinceSnapshot, fresh);
    }

    Folded<S> stale() {
        return new Folded<>(state, offset, sinceSnapshot, false);
    }
}
