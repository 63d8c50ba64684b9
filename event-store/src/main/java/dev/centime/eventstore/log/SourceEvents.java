package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Set;

/** {@code log.source}: what a decision rests on. */
final class SourceEvents {
    private static final String SQL = "SELECT " + StoredEvents.COLUMNS + ", timeline FROM log.source($1, $2, $3, $4)";

    private final Pool pool;

    SourceEvents(Pool pool) {
        this.pool = pool;
    }

    Uni<EventLog.Sourced> execute(String organization, int partition, Set<Criterion> anyOf, long after) {
        var parameters = Tuple.of(organization, partition, Criteria.json(anyOf), after);
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(parameters)).map(rows -> {
            var all = rows.iterator();
            var first = all.next();
            var head = new Position(first.getLong(8), partition, first.getLong(0));
            var events = new ArrayList<StoredEvent>(rows.size() - 1);
            all.forEachRemaining(row -> events.add(StoredEvents.of(row, partition, organization)));
            return new EventLog.Sourced(events, head);
        });
    }
}
