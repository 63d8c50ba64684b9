package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Has the tables for a partition's next offsets made long before they are needed, beside the appends and not in their way. */
final class Room {
    private static final Logger LOG = Logger.getLogger(Room.class);
    private static final String SQL = "SELECT log.make_room($1, $2)";

    private final Pool pool;
    /** By partition, the offset at which to ask next. */
    private final Map<Integer, Long> askAt = new ConcurrentHashMap<>();

    Room(Pool pool) {
        this.pool = pool;
    }

    /** An offset has been given out. */
    void used(int partition, long offset) {
        if (offset < askAt.getOrDefault(partition, 0L)) {
            return;
        }
        // Nobody else asks meanwhile.
        askAt.put(partition, Long.MAX_VALUE);
        make(partition, 0)
                .subscribe()
                .with(end -> askAt.put(partition, offset + Math.max(1, (end - offset) / 2)), failure -> {
                    askAt.put(partition, offset + 1);
                    LOG.warnf("no room was made in partition %d of the log: %s", partition, failure);
                });
    }

    /** @param events about to come @return the last offset there is room for */
    Uni<Long> make(int partition, int events) {
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(Tuple.of(partition, events)))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
