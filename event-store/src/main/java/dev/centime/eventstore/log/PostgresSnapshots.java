package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** Snapshots in the table {@code log.snapshot}. */
public final class PostgresSnapshots implements Snapshots {
    private static final String FIND = "SELECT version, log_offset, state FROM log.snapshot_of($1, $2, $3, $4)";
    private static final String SAVE = "SELECT log.save_snapshot($1, $2, $3, $4, $5, $6, $7)";

    private final io.vertx.sqlclient.Pool pool;
    private final Whereabouts whereabouts;

    private PostgresSnapshots(io.vertx.sqlclient.Pool pool) {
        this.pool = pool;
        this.whereabouts = new Whereabouts(pool, pool);
    }

    public static PostgresSnapshots on(Pool pool) {
        return new PostgresSnapshots(pool.getDelegate());
    }

    @Override
    public Uni<Optional<Snapshot>> find(String organization, String kind, String entity) {
        return whereabouts
                .partitionOf(organization)
                .chain(partition -> UniHelper.toUni(
                        pool.preparedQuery(FIND).execute(Tuple.of(organization, partition, kind, entity))))
                .map(rows -> rows.size() == 0
                        ? Optional.<Snapshot>empty()
                        : Optional.of(rows.iterator().next())
                                .map(row -> new Snapshot(
                                        row.getInteger(0),
                                        row.getLong(1),
                                        row.getBuffer(2).getBytes())))
                .onFailure()
                .transform(LogFailures::named);
    }

    @Override
    public Uni<Void> save(String organization, String kind, String entity, Snapshot snapshot) {
        return whereabouts
                .partitionOf(organization)
                .chain(partition -> UniHelper.toUni(pool.preparedQuery(SAVE)
                        .execute(Tuple.tuple()
                                .addString(organization)
                                .addInteger(partition)
                                .addString(kind)
                                .addString(entity)
                                .addInteger(snapshot.version())
                                .addLong(snapshot.offset())
                                .addBuffer(Buffer.buffer(snapshot.state())))))
                .replaceWithVoid()
                .onFailure()
                .transform(LogFailures::named);
    }
}
