package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * An event makes something else happen: a command, a message, an alert. Never rebuilt. A page may come again after a crash, so
 * whatever it causes carries an id derived from the event.
 */
public interface Reaction {
    /** Stable, unique in its service. */
    String name();

    /** The payload classes it wants. */
    Set<Class<?>> reads();

    /** Whether it acts on what the log held before it first ran; the answer counts once, when it first runs. */
    default boolean readsHistory() {
        return true;
    }

    /** Does it, for a page of one partition in order; the position moves when this completes. */
    Uni<Void> react(List<Event> page);
}
