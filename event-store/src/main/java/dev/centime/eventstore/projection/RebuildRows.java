package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Generations beside the serving ones: table {@code projection_rebuild} and the functions that make, serve and drop them. */
final class RebuildRows {
    private final String begin;
    private final String end;
    private final String dropReplaced;
    private final String filling;
    private final String recent;

    RebuildRows(String schema) {
        begin = "SELECT %s.begin_rebuild($1, $2, $3, $4)".formatted(schema);
        end = "SELECT %s.end_rebuild($1)".formatted(schema);
        dropReplaced = "SELECT %s.drop_replaced(make_interval(secs => $1))".formatted(schema);
        filling = """
                SELECT r.id, r.projection, r.generation, EXISTS (
                    SELECT FROM %1$s.projection_position o
                    LEFT JOIN %1$s.projection_position n
                      ON n.partition = o.partition AND n.projection = o.projection AND n.generation = r.generation
                    WHERE o.projection = r.projection AND o.generation = r.replaces
                      AND (n.up_to IS NULL OR n.up_to < o.up_to)) AS behind
                FROM %1$s.projection_rebuild r WHERE r.state = 'filling' ORDER BY r.id""".formatted(schema);
        recent = """
                SELECT r.id, r.projection, r.generation, r.state, r.total, r.started_at, r.finished_at, coalesce((
                    SELECT sum(p.up_to) FROM %1$s.projection_position p
                    WHERE p.projection = r.projection AND p.generation = r.generation), r.total)::bigint AS done,
                  EXISTS (SELECT FROM %1$s.projection_parked k
                    WHERE k.projection = r.projection AND k.generation = r.generation) AS parked
                FROM %1$s.projection_rebuild r ORDER BY r.started_at DESC, r.id LIMIT 100""".formatted(schema);
    }

    /** A rebuild under way. */
    record Filling(String id, String projection, int generation, boolean behind) {}

    Uni<String> begin(SqlClient client, String id, Projection projection, long total) {
        return client.preparedQuery(begin)
                .execute(Tuple.of(id, projection.name(), projection.tables().toArray(String[]::new), total))
                .map(rows -> rows.iterator().next().getString(0));
    }

    /** @return swapped, or why not: behind, parked, over */
    Uni<String> end(SqlClient client, String id) {
        return client.preparedQuery(end)
                .execute(Tuple.of(id))
                .map(rows -> rows.iterator().next().getString(0));
    }

    Uni<Integer> dropReplaced(SqlClient client, Duration kept) {
        return client.preparedQuery(dropReplaced)
                .execute(Tuple.of(kept.toMillis() / 1000.0))
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    Uni<List<Filling>> filling(SqlClient client) {
        return client.preparedQuery(filling).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> new Filling(
                        row.getString("id"),
                        row.getString("projection"),
                        row.getInteger("generation"),
                        row.getBoolean("behind")))
                .toList());
    }

    Uni<List<ProjectionStatus.Rebuild>> recent(SqlClient client) {
        return client.preparedQuery(recent).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(RebuildRows::shown)
                .toList());
    }

    private static ProjectionStatus.Rebuild shown(Row row) {
        var filling = "filling".equals(row.getString("state"));
        var state = !filling ? "swapped" : row.getBoolean("parked") ? "waiting" : "filling";
        // The log grows while it is read: what came later is no part of what there was to do.
        var done = filling ? Math.min(row.getLong("done"), row.getLong("total")) : row.getLong("total");
        return new ProjectionStatus.Rebuild(
                row.getString("id"),
                row.getString("projection"),
                row.getInteger("generation"),
                state,
                done,
                row.getLong("total"),
                row.getOffsetDateTime("started_at").toInstant(),
                instant(row, "finished_at"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
