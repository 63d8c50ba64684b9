package dev.centime.eventstore.projection;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Organizations that stand still: table {@code projection_parked}. */
final class ParkedRows {
    private final String park;
    private final String parkAgain;
    private final String resumed;
    private final String unpark;
    private final String ofPartition;
    private final String wanted;
    private final String want;
    private final String staleSince;
    private final String all;

    ParkedRows(String schema) {
        park = """
                INSERT INTO %s.projection_parked
                    (partition, projection, generation, organization, id, first_offset, resume_at, error)
                VALUES ($1, $2, $3, $4, $5, $6, $6, $7)""".formatted(schema);
        parkAgain = """
                UPDATE %s.projection_parked SET first_offset = $5, resume_at = $5, error = $6,
                    id = CASE WHEN first_offset = $5 THEN id ELSE $7 END,
                    wanted = CASE WHEN first_offset = $5 AND wanted IS DISTINCT FROM $8 THEN wanted END
                WHERE partition = $1 AND projection = $2 AND generation = $3 AND organization = $4""".formatted(schema);
        resumed = """
                UPDATE %s.projection_parked SET resume_at = $5
                WHERE partition = $1 AND projection = $2 AND generation = $3 AND organization = $4""".formatted(schema);
        unpark = """
                DELETE FROM %s.projection_parked
                WHERE partition = $1 AND projection = $2 AND generation = $3 AND organization = $4""".formatted(schema);
        ofPartition = """
                SELECT projection, generation, organization, id, first_offset, resume_at, wanted
                FROM %s.projection_parked WHERE partition = $1""".formatted(schema);
        wanted = "SELECT DISTINCT partition FROM %s.projection_parked WHERE wanted IS NOT NULL".formatted(schema);
        want = "UPDATE %s.projection_parked SET wanted = $3 WHERE id = $2 AND projection = $1".formatted(schema);
        staleSince = """
                SELECT min(k.since) FROM %1$s.projection_parked k
                JOIN %1$s.projection_position p
                  ON p.partition = k.partition AND p.projection = k.projection AND p.generation = k.generation AND p.serving
                WHERE k.projection = $1 AND k.organization = $2""".formatted(schema);
        all = """
                SELECT projection, generation, partition, organization, id, first_offset, error, since, wanted
                FROM %s.projection_parked ORDER BY since, id""".formatted(schema);
    }

    /** A row with the lane it belongs to. */
    record Of(String projection, int generation, ParkedRow row) {}

    /** A row as an administrator sees it. */
    record Shown(String projection, ProjectionStatus.Parked parked) {}

    Uni<Void> park(SqlClient client, int partition, Lane lane, ParkedRow row, String error) {
        return client.preparedQuery(park)
                .execute(Tuple.from(List.of(
                        partition,
                        lane.name(),
                        lane.generation(),
                        row.organization(),
                        row.id(),
                        row.firstOffset(),
                        error)))
                .replaceWithVoid();
    }

    /**
     * A replay came upon an event at fault, the same or a later one. A skip that was asked for meanwhile stays for the event that it was
     * meant for, and for no other.
     *
     * @param row as it is from now on, with another id where another event is at fault
     * @param heeded what was asked for when the replay began
     */
    Uni<Void> parkAgain(
            SqlClient client, int partition, Lane lane, ParkedRow row, @Nullable String heeded, String error) {
        return client.preparedQuery(parkAgain)
                .execute(Tuple.from(Arrays.asList(
                        partition,
                        lane.name(),
                        lane.generation(),
                        row.organization(),
                        row.firstOffset(),
                        error,
                        row.id(),
                        heeded)))
                .replaceWithVoid();
    }

    Uni<Void> resumed(SqlClient client, int partition, Lane lane, String organization, long resumeAt) {
        return client.preparedQuery(resumed)
                .execute(Tuple.of(partition, lane.name(), lane.generation(), organization, resumeAt))
                .replaceWithVoid();
    }

    Uni<Void> unpark(SqlClient client, int partition, Lane lane, String organization) {
        return client.preparedQuery(unpark)
                .execute(Tuple.of(partition, lane.name(), lane.generation(), organization))
                .replaceWithVoid();
    }

    Uni<List<Of>> ofPartition(SqlClient client, int partition) {
        return client.preparedQuery(ofPartition).execute(Tuple.of(partition)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new Of(
                        row.getString("projection"),
                        row.getInteger("generation"),
                        new ParkedRow(
                                row.getString("id"),
                                row.getString("organization"),
                                row.getLong("first_offset"),
                                row.getLong("resume_at"),
                                row.getString("wanted"))))
                .toList());
    }

    /** The partitions in which somebody asked for a retry or a skip. */
    Uni<List<Integer>> wanted(SqlClient client) {
        return client.preparedQuery(wanted).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.getInteger(0))
                .toList());
    }

    /** @return whether there is such a row */
    Uni<Boolean> want(SqlClient client, String projection, String id, String what) {
        return client.preparedQuery(want)
                .execute(Tuple.of(projection, id, what))
                .map(rows -> rows.rowCount() > 0);
    }

    Uni<Optional<Instant>> staleSince(SqlClient client, String projection, String organization) {
        return client.preparedQuery(staleSince)
                .execute(Tuple.of(projection, organization))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime(0))
                        .map(OffsetDateTime::toInstant));
    }

    Uni<List<Shown>> all(SqlClient client) {
        return client.preparedQuery(all).execute().map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(ParkedRows::shown)
                .toList());
    }

    private static Shown shown(Row row) {
        return new Shown(
                row.getString("projection"),
                new ProjectionStatus.Parked(
                        row.getString("id"),
                        row.getString("organization"),
                        row.getInteger("partition"),
                        row.getInteger("generation"),
                        row.getLong("first_offset"),
                        row.getString("error"),
                        row.getOffsetDateTime("since").toInstant(),
                        row.getString("wanted")));
    }
}
