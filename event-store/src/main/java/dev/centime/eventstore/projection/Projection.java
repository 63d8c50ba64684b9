package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/**
 * A view of the log: tables that are exactly the fold of the log up to a position kept with them.
 *
 * <p>Instances are shared by all partitions and must hold no state that outlives a call.
 */
public interface Projection {
    /** Stable, unique in its service, such as {@code cost-cells}. */
    String name();

    /**
     * The tables it writes, without schema, each with {@code partition} as first column of its key. A rebuild fills copies of
     * them beside the serving ones.
     */
    List<String> tables();

    /** The payload classes it wants; others pass by. */
    Set<Class<?>> reads();

    /**
     * Folds events into the tables, in the transaction that moves the position. Sets rather than rows: one statement a page
     * where possible. Must depend on nothing but the tables and the events, so that a rebuild gives the same.
     *
     * @param page in order, at least one, all of one partition
     */
    Uni<Void> apply(View view, List<Event> page);
}
