package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The positions of a service's projections and reactions: table {@code projection_position}. */
final class PositionRows {
    private final String create;
    private final String createFilling;
    private final String adopt;
    private final String move;
    private final String serving;
    private final String all;

    PositionRows(String schema) {
        create = """
                INSERT INTO %1$s.projection_position (partition, projection, generation, up_to, serving)
                SELECT x.partition, $1, coalesce((
                    SELECT max(generation) FROM %1$s.projection_position WHERE projection = $1 AND serving), 1), x.up_to, true
                FROM unnest($2::int[], $3::bigint[]) AS x (partition, up_to)
                WHERE NOT EXISTS (
                    SELECT FROM %1$s.projection_position o
                    WHERE o.partition = x.partition AND o.projection = $1 AND o.serving)
                ON CONFLICT DO NOTHING""".formatted(schema);
        // A rebuild that began before a partition was added would wait for ever for its own position there.
        createFilling = """
                INSERT INTO %1$s.projection_position (partition, projection, generation, serving)
                SELECT x.partition, r.projection, r.generation, false
                FROM unnest($2::int[]) AS x (partition)
                JOIN %1$s.projection_rebuild r ON r.projection = $1 AND r.state = 'filling'
                ON CONFLICT DO NOTHING""".formatted(schema);
        adopt = """
                WITH mine AS (
                    SELECT epoch FROM %1$s.projection_lease
                    WHERE partition = $1 AND epoch = $2 AND log.timeline() = $3 FOR UPDATE)
                UPDATE %1$s.projection_position p SET epoch = mine.epoch FROM mine WHERE p.partition = $1
                RETURNING p.projection, p.generation, p.up_to, p.serving""".formatted(schema);
        // The settings hold for the rest of the transaction. A page that is cut off must not keep its position locked;
        // and a page
        // need not be durable when it is done, since a crash takes its rows and its position back together.
        move = """
                UPDATE %1$s.projection_position SET up_to = $4, moved_at = now()
                WHERE partition = $1 AND epoch = $2 AND up_to = $3
                  AND (projection, generation, serving) IN (SELECT * FROM unnest($5::text[], $6::int[], $7::boolean[]))
                  AND log.timeline() = $8
                RETURNING projection, generation,
                    set_config('idle_in_transaction_session_timeout', '5s', true), set_config('statement_timeout', '30s', true),
                    set_config('synchronous_commit', 'off', true)""".formatted(schema);
        serving = """
                SELECT projection, partition, up_to, log.timeline() AS timeline FROM %1$s.projection_position
                WHERE serving AND partition = ANY ($1::int[])""".formatted(schema);
        all = """
                SELECT projection, generation, partition, up_to, serving FROM %1$s.projection_position
                ORDER BY projection, generation, partition""".formatted(schema);
    }

    /** A generation's position in a partition. */
    record Stand(String projection, int generation, int partition, long upTo, boolean serving) {}

    /** Makes the rows that are missing, each at the offset given for its partition. */
    Uni<Void> create(SqlClient client, String projection, Map<Integer, Long> startByPartition) {
        var partitions = startByPartition.keySet().toArray(Integer[]::new);
        var starts = startByPartition.values().toArray(Long[]::new);
        return client.preparedQuery(create)
                .execute(Tuple.from(List.of(projection, partitions, starts)))
                .chain(() -> client.preparedQuery(createFilling).execute(Tuple.of(projection, partitions)))
                .replaceWithVoid();
    }

    /** Puts the lease's epoch into the partition's rows and reads them; none when the lease or its timeline is over. */
    Uni<List<Stand>> adopt(SqlClient client, Lease lease) {
        return client.preparedQuery(adopt)
                .execute(Tuple.of(lease.partition(), lease.epoch(), lease.timeline()))
                .map(rows -> stream(rows)
                        .map(row -> new Stand(
                                row.getString("projection"),
                                row.getInteger("generation"),
                                lease.partition(),
                                row.getLong("up_to"),
                                row.getBoolean("serving")))
                        .toList());
    }

    /** Compares and sets the positions of lanes that are at one offset. @return how many were where they should be */
    Uni<Integer> move(SqlClient client, Lease lease, Collection<Lane> lanes, long from, long to) {
        return client.preparedQuery(move)
                .execute(Tuple.from(List.of(
                        lease.partition(),
                        lease.epoch(),
                        from,
                        to,
                        lanes.stream().map(Lane::name).toArray(String[]::new),
                        lanes.stream().map(Lane::generation).toArray(Integer[]::new),
                        lanes.stream().map(Lane::serving).toArray(Boolean[]::new),
                        lease.timeline())))
                .map(RowSet::size);
    }

    /** How far a projection serves a partition, and the timeline that this offset is of. */
    record Served(String projection, Position position) {}

    /** What is served, of some partitions. */
    Uni<List<Served>> serving(SqlClient client, Collection<Integer> partitions) {
        return client.preparedQuery(serving)
                .execute(Tuple.from(List.<Object>of((Object) partitions.toArray(Integer[]::new))))
                .map(rows -> stream(rows)
                        .map(row -> new Served(
                                row.getString("projection"),
                                new Position(
                                        row.getLong("timeline"), row.getInteger("partition"), row.getLong("up_to"))))
                        .toList());
    }

    Uni<List<Stand>> all(SqlClient client) {
        return client.preparedQuery(all).execute().map(rows -> stream(rows)
                .map(row -> new Stand(
                        row.getString("projection"),
                        row.getInteger("generation"),
                        row.getInteger("partition"),
                        row.getLong("up_to"),
                        row.getBoolean("serving")))
                .toList());
    }

    private static java.util.stream.Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
