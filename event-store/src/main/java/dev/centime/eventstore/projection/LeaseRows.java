package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Who leads which partition: tables {@code projection_lease} and {@code projection_runner}. All times are the database's. */
final class LeaseRows {
    private final String create;
    private final String alive;
    private final String forget;
    private final String extend;
    private final String runners;
    private final String free;
    private final String take;
    private final String giveBack;

    LeaseRows(String schema) {
        create = """
                INSERT INTO %s.projection_lease (partition) SELECT unnest($1::int[]) ON CONFLICT DO NOTHING""".formatted(schema);
        alive = """
                INSERT INTO %s.projection_runner (runner, until) VALUES ($1, now() + make_interval(secs => $2))
                ON CONFLICT (runner) DO UPDATE SET until = EXCLUDED.until""".formatted(schema);
        forget = """
                DELETE FROM %s.projection_runner WHERE runner = $1 OR until < now() - interval '1 minute'""".formatted(schema);
        extend = """
                UPDATE %s.projection_lease SET until = now() + make_interval(secs => $2) WHERE holder = $1
                RETURNING partition, epoch""".formatted(schema);
        runners = "SELECT runner FROM %s.projection_runner WHERE until > now() ORDER BY runner".formatted(schema);
        free = """
                SELECT partition FROM %s.projection_lease WHERE holder IS NULL OR until <= now() ORDER BY partition""".formatted(schema);
        take = """
                UPDATE %s.projection_lease SET holder = $2, epoch = epoch + 1, until = now() + make_interval(secs => $3)
                WHERE partition = $1 AND (holder IS NULL OR until <= now())
                RETURNING epoch, log.timeline() AS timeline""".formatted(schema);
        giveBack = """
                UPDATE %s.projection_lease SET holder = NULL, until = now() WHERE partition = $1 AND holder = $2 AND epoch = $3""".formatted(schema);
    }

    Uni<Void> create(SqlClient client, Collection<Integer> partitions) {
        return client.preparedQuery(create)
                .execute(Tuple.from(List.<Object>of((Object) partitions.toArray(Integer[]::new))))
                .replaceWithVoid();
    }

    /** Shows that a runner lives. */
    Uni<Void> alive(SqlClient client, String runner, Duration lease) {
        return client.preparedQuery(alive)
                .execute(Tuple.of(runner, seconds(lease)))
                .replaceWithVoid();
    }

    /** Forgets a runner that stops, and all that fell silent long ago. */
    Uni<Void> forget(SqlClient client, String runner) {
        return client.preparedQuery(forget).execute(Tuple.of(runner)).replaceWithVoid();
    }

    /** Extends what a runner holds, also beyond its time as long as nobody took it. @return epochs by partition */
    Uni<Map<Integer, Long>> extend(SqlClient client, String runner, Duration lease) {
        return client.preparedQuery(extend)
                .execute(Tuple.of(runner, seconds(lease)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getInteger("partition"), row -> row.getLong("epoch"))));
    }

    /** The runners that live, in an order that all of them see. */
    Uni<List<String>> runners(SqlClient client) {
        return client.preparedQuery(runners).execute().map(rows -> list(rows, row -> row.getString(0)));
    }

    /** The partitions that nobody leads. */
    Uni<List<Integer>> free(SqlClient client) {
        return client.preparedQuery(free).execute().map(rows -> list(rows, row -> row.getInteger(0)));
    }

    /** Takes a partition that nobody leads. @return empty when somebody was faster */
    Uni<Optional<Lease>> take(SqlClient client, int partition, String runner, Duration lease, long validUntilNanos) {
        return client.preparedQuery(take)
                .execute(Tuple.of(partition, runner, seconds(lease)))
                .map(rows -> list(
                                rows,
                                row -> new Lease(
                                        partition, row.getLong("epoch"), row.getLong("timeline"), validUntilNanos))
                        .stream()
                        .findFirst());
    }

    /** Lets others have a partition at once. */
    Uni<Void> giveBack(SqlClient client, int partition, long epoch, String runner) {
        return client.preparedQuery(giveBack)
                .execute(Tuple.of(partition, runner, epoch))
                .replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
