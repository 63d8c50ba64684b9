package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The next events of a partition. The upper bound lets the planner look at no more tables than the page can lie in. Of archived ranges
 * the tables hold some events, for decisions; they are passed over here, so that the page begins with a gap.
 */
final class ReadEvents {
    /** What lies up to there is archived. */
    static final String FLOOR = "coalesce((SELECT floor_offset FROM log.head WHERE partition = $1), 0)";

    private static final String SQL = "SELECT " + StoredEvents.COLUMNS + ", organization FROM log.event"
            + " WHERE partition = $1 AND log_offset > $2 AND log_offset <= $3 AND log_offset > " + FLOOR
            + " ORDER BY log_offset";

    private static final String BEFORE =
            "SELECT coalesce((SELECT log_offset - 1 FROM log.event WHERE partition = $1 AND happened_at >= $2 AND log_offset > "
                    + FLOOR + " ORDER BY log_offset LIMIT 1), log.head_of($1))";

    private final Pool pool;

    ReadEvents(Pool pool) {
        this.pool = pool;
    }

    Uni<List<StoredEvent>> execute(int partition, long after, int limit) {
        return UniHelper.toUni(pool.preparedQuery(SQL).execute(Tuple.of(partition, after, after + limit)))
                .map(rows -> {
                    var events = new ArrayList<StoredEvent>(rows.size());
                    for (var row : rows) {
                        events.add(StoredEvents.of(row, partition, row.getString(8)));
                    }
                    Gaps.check(
                            partition,
                            after,
                            events.isEmpty() ? null : events.getFirst().offset());
                    Gaps.checkWithin(partition, events);
                    return events;
                });
    }

    Uni<Long> before(int partition, Instant at) {
        return UniHelper.toUni(pool.preparedQuery(BEFORE).execute(Tuple.of(partition, at.atOffset(ZoneOffset.UTC))))
                .map(rows -> rows.iterator().next().getLong(0));
    }
}
