package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** {@code log.find}: events by id. */
final class FindEvents {
    private static final String SQL = "SELECT " + StoredEvents.COLUMNS + " FROM log.find($1, $2, $3)";

    private final Pool pool;

    FindEvents(Pool pool) {
        this.pool = pool;
    }

    Uni<Map<String, StoredEvent>> execute(String organization, int partition, Collection<String> ids) {
        var keys =
                ids.stream().distinct().map(id -> EventKey.of(organization, id)).toArray(UUID[]::new);
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(Tuple.of(organization, partition, keys)))
                .map(rows -> {
                    Map<String, StoredEvent> found = HashMap.newHashMap(rows.size());
                    for (var row : rows) {
                        var event = StoredEvents.of(row, partition, organization);
                        found.put(event.id(), event);
                    }
                    // Another id may share a key; nobody asked for that one.
                    found.keySet().retainAll(ids);
                    return found;
                });
    }
}
