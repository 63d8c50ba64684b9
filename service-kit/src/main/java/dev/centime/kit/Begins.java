package dev.centime.kit;

import io.smallrye.mutiny.Uni;

/** A part of a service that must have begun before the service is ready, such as what it holds in memory. Any bean may be one. */
public interface Begins {
    /**
     * Begins. The schema, the log and the projections are there. One that fails is asked again after a while, and the service is not
     * ready until it has succeeded.
     */
    Uni<Void> begin();

    /** Ends, with the service. */
    default void end() {}
}
