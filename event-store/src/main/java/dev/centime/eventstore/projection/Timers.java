package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import java.util.Collection;

/** Sets and cancels timers in the transaction of a page, so that they stand exactly when the page does. */
public interface Timers {
    /** Sets timers, moving those that stand already. Does nothing while a rebuild fills its copy. */
    Uni<Void> set(Collection<Timer> timers);

    /** Forgets timers of a name; keys without one are ignored. */
    Uni<Void> cancel(String name, String organization, Collection<String> keys);
}
