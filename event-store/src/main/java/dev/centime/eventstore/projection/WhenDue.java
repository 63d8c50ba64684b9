package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;

/**
 * What a timer does when its time has come. One replica does it; after a crash it may come again, so whatever it causes carries
 * {@link Due#id()}, by which a second time is recognized.
 */
public interface WhenDue {
    /** The timers it answers to. */
    String timer();

    /** Does it; the timer is gone when this completes, unless it was set anew meanwhile. */
    Uni<Void> fire(Due due);

    /**
     * A timer whose time has come.
     *
     * @param id the same whenever this timer fires for this time: made from name, organization, key and time
     * @param partition the organization's
     */
    record Due(String id, int partition, Timer timer) {}
}
