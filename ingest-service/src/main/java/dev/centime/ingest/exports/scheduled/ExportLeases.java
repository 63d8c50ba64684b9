package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.event.ExportScheduled;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who writes an export: whoever holds its lease, by the database's clock. The epoch counts the tries, and one who was away for too long
 * has not the newest.
 */
@ApplicationScoped
class ExportLeases {
    private static final String DUE = """
            SELECT run.partition, run.organization, run.export_id, run.due, run.first_day, run.last_day,
                schedule.definition::text AS definition
            FROM ingest.export_run AS run
            JOIN ingest.export_schedule AS schedule ON schedule.partition = run.partition
              AND schedule.organization = run.organization AND schedule.id = run.export_id
            WHERE run.state = 'waiting' AND NOT EXISTS (
                SELECT FROM ingest.export_lease AS lease WHERE lease.partition = run.partition
                  AND lease.organization = run.organization AND lease.export_id = run.export_id AND lease.due = run.due
                  AND lease.until > clock_timestamp())
            ORDER BY run.due LIMIT $1
            """;

    private static final String TAKE = """
            INSERT INTO ingest.export_lease AS lease (partition, organization, export_id, due, epoch, until)
            VALUES ($1, $2, $3, $4, 1, clock_timestamp() + interval '60 seconds')
            ON CONFLICT (partition, organization, export_id, due) DO UPDATE
            SET epoch = lease.epoch + 1, until = excluded.until WHERE lease.until <= clock_timestamp()
            RETURNING epoch
            """;

    private static final String HOLD =
            "UPDATE ingest.export_lease SET until = clock_timestamp() + make_interval(secs => $6)"
                    + " WHERE partition = $1 AND organization = $2 AND export_id = $3 AND due = $4 AND epoch = $5";

    private final Tenants tenants;

    ExportLeases(Tenants tenants) {
        this.tenants = tenants;
    }

    /** A time that an export fell due and nobody takes. */
    record Waiting(
            int partition,
            String organization,
            ExportScheduled scheduled,
            Instant due,
            LocalDate start,
            LocalDate end) {}

    /** @param epoch the first try is 1 */
    record Taken(Waiting waiting, int epoch) {}

    /** Of all organizations, those that wait longest first. */
    Uni<List<Waiting>> waiting(int limit) {
        return tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                .preparedQuery(DUE)
                .execute(Tuple.of(limit))
                .map(rows -> {
                    var waiting = new ArrayList<Waiting>();
                    rows.forEach(row -> waiting.add(read(row)));
                    return waiting;
                }));
    }

    /** Empty when somebody else was faster. */
    Uni<Optional<Taken>> take(Waiting waiting) {
        return tenants.with(waiting.organization(), connection -> connection
                .preparedQuery(TAKE)
                .execute(key(waiting))
                .map(rows -> {
                    var found = rows.iterator();
                    return found.hasNext()
                            ? Optional.of(new Taken(waiting, found.next().getInteger("epoch")))
                            : Optional.empty();
                }));
    }

    /** Keeps others away for so long from now on. @return false when somebody else has it */
    Uni<Boolean> hold(Taken taken, double seconds) {
        return tenants.with(taken.waiting().organization(), connection -> connection
                .preparedQuery(HOLD)
                .execute(key(taken.waiting()).addInteger(taken.epoch()).addDouble(seconds))
                .map(rows -> rows.rowCount() == 1));
    }

    private static Tuple key(Waiting waiting) {
        return Tuple.of(
                waiting.partition(),
                waiting.organization(),
                waiting.scheduled().exportId(),
                waiting.due().atOffset(ZoneOffset.UTC));
    }

    private static Waiting read(Row row) {
        return new Waiting(
                row.getInteger("partition"),
                row.getString("organization"),
                SelectSchedules.definition(row.getString("definition")),
                row.getOffsetDateTime("due").toInstant(),
                row.getLocalDate("first_day"),
                row.getLocalDate("last_day"));
    }
}
