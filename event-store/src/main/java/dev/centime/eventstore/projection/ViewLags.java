package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.List;
import java.util.stream.StreamSupport;

/** How late the views of all services are, this one's and the others': one call of {@code log.lags()}, which any login may make. */
public final class ViewLags {
    private static final String SQL =
            "SELECT service, follower, in_partition, at_offset, late_events, late_seconds FROM log.lags()";

    private final Pool pool;

    private ViewLags(Pool pool) {
        this.pool = pool;
    }

    public static ViewLags on(Pool pool) {
        return new ViewLags(pool);
    }

    /** What is behind now; empty when everything has caught up. */
    public Uni<List<ViewLag>> behind() {
        return pool.preparedQuery(SQL).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new ViewLag(
                        row.getString(0),
                        row.getString(1),
                        row.getInteger(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getDouble(5)))
                .toList());
    }
}
