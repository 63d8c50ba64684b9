package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Set;

/**
 * The next events of some types. The server passes over the others, at most a stretch at a time, and says how far it looked: the
 * last row has only offsets, the largest and the smallest in the stretch, and the timeline. All come from one snapshot.
 */
final class ReadTypes {
    private static final int STRETCH = 20_000;
    private static final String SQL = "(SELECT " + StoredEvents.COLUMNS
            + ", organization, NULL::bigint, NULL::bigint FROM log.event"
            + " WHERE partition = $1 AND log_offset > $2 AND log_offset <= $3 AND log_offset > " + ReadEvents.FLOOR
            + " AND type = ANY ($4) ORDER BY log_offset LIMIT $5)"
            + " UNION ALL SELECT coalesce(max(log_offset), $2), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
            + " min(log_offset), log.timeline()"
            + " FROM log.event WHERE partition = $1 AND log_offset > $2 AND log_offset <= $3 AND log_offset > "
            + ReadEvents.FLOOR;

    private final Pool pool;

    ReadTypes(Pool pool) {
        this.pool = pool;
    }

    Uni<EventLog.Page> execute(int partition, long after, int limit, Set<String> types) {
        var parameters = Tuple.of(
                partition, after, after + Math.max(limit, STRETCH), types.toArray(String[]::new), (long) limit);
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(parameters)).map(rows -> {
            var events = new ArrayList<StoredEvent>(rows.size());
            long upTo = after;
            long timeline = 0;
            for (var row : rows) {
                if (row.getString(1) == null) {
                    upTo = row.getLong(0);
                    timeline = row.getLong(10);
                    Gaps.check(partition, after, row.getLong(9));
                } else {
                    events.add(StoredEvents.of(row, partition, row.getString(8)));
                }
            }
            // A full page says nothing about what lies behind its last event.
            return new EventLog.Page(
                    events, events.size() == limit ? events.getLast().offset() : upTo, timeline);
        });
    }
}
