package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;

/**
 * The seam between the reactive client and the loops, which are plain code on virtual threads: a loop is a sequence of steps, each
 * of which may fail, and reads best as one.
 */
final class Blocking {
    private Blocking() {}

    /** The item, once it is there. Every statement has a timeout at the server, so this ends. */
    static <T> T await(Uni<T> uni) {
        return uni.await().indefinitely();
    }
}
