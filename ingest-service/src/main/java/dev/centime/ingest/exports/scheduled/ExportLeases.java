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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who writes an export: whoever holds its lease, by the database's clock. The epoch counts the tries, and one who was away for too long
 * has not the newest. With the lease stands what a try has begun and not ended, for whoever comes after it.
 */
@ApplicationScoped
class ExportLeases {
    private static final String DUE = """
            SELECT run.partition, run.organization, run.export_id, run.due, run.first_day, run.last_day,
                schedule.definition::text AS definition
            FROM ingest.export_run AS run
            JOIN ingest.export_schedule AS schedule ON schedule.partition = run.partition
              AND schedule.organization = run.organization AND schedule.id = run.export_id
            WHERE run.state = 'waiting' AND NOT run.organization = ANY ($2) AND NOT EXISTS (
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
            RETURNING epoch, unfinished::text AS unfinished
            """;

    private static final String OWN =
            " WHERE partition = $1 AND organization = $2 AND export_id = $3 AND due = $4" + " AND epoch = $5";

    private static final String HOLD =
            "UPDATE ingest.export_lease SET until = clock_timestamp() + make_interval(secs => $6)" + OWN;

    /** A beat that comes late shortens nothing that was meant to last longer. */
    private static final String BEAT =
            "UPDATE ingest.export_lease SET until = greatest(until, clock_timestamp() + make_interval(secs => $6))"
                    + OWN;

    private static final String REST = "UPDATE ingest.export_lease"
            + " SET until = clock_timestamp() + make_interval(secs => $6), failure = $7" + OWN;

    private static final String NOTE = "UPDATE ingest.export_lease SET unfinished = $6::text::jsonb" + OWN;

    private final Tenants tenants;

    ExportLeases(Tenants tenants) {
        this.tenants = tenants;
    }

    /** One time of an export. */
    record Key(int partition, String organization, String exportId, Instant due) {
        private Tuple tuple() {
            return Tuple.of(partition, organization, exportId, due.atOffset(ZoneOffset.UTC));
        }
    }

    /** A time that an export fell due and nobody takes. */
    record Waiting(Key key, ExportScheduled scheduled, LocalDate start, LocalDate end) {}

    /**
     * A lease.
     *
     * @param epoch the first try is 1
     * @param unfinished what a try before left
     */
    record Lease(Key key, int epoch, @Nullable Leftover unfinished) {}

    /** A time that somebody takes. */
    record Taken(Waiting waiting, Lease lease) {
        Key key() {
            return lease.key();
        }

        int epoch() {
            return lease.epoch();
        }
    }

    /** Of all organizations but some, those that wait longest first. */
    Uni<List<Waiting>> waiting(int limit, Collection<String> passedOver) {
        return tenants.with(Caller.ALL_ORGANIZATIONS, connection -> connection
                .preparedQuery(DUE)
                .execute(Tuple.of(limit, passedOver.toArray(String[]::new)))
                .map(rows -> {
                    var waiting = new ArrayList<Waiting>();
                    rows.forEach(row -> waiting.add(read(row)));
                    return waiting;
                }));
    }

    /** Empty when somebody else was faster. */
    Uni<Optional<Lease>> take(Key key) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(TAKE)
                .execute(key.tuple())
                .map(rows -> {
                    var found = rows.iterator();
                    return found.hasNext() ? Optional.of(lease(key, found.next())) : Optional.empty();
                }));
    }

    /** Keeps others away for so long from now on. @return false when somebody else has it */
    Uni<Boolean> hold(Lease lease, double seconds) {
        return own(lease, HOLD, own(lease).addDouble(seconds));
    }

    /** Keeps others away for so long at least. @return false when somebody else has it */
    Uni<Boolean> beat(Lease lease, double seconds) {
        return own(lease, BEAT, own(lease).addDouble(seconds));
    }

    /** Lets it rest for so long, and says why. */
    Uni<Boolean> rest(Lease lease, double seconds, String failure) {
        return own(lease, REST, own(lease).addDouble(seconds).addString(failure));
    }

    /** @param leftover null for nothing. @return false when somebody else has it: nothing is noted */
    Uni<Boolean> note(Lease lease, @Nullable Leftover leftover) {
        return own(lease, NOTE, own(lease).addString(leftover == null ? null : leftover.json()));
    }

    private Uni<Boolean> own(Lease lease, String statement, Tuple tuple) {
        return tenants.with(
                lease.key().organization(),
                connection -> connection.preparedQuery(statement).execute(tuple).map(rows -> rows.rowCount() == 1));
    }

    private static Tuple own(Lease lease) {
        return lease.key().tuple().addInteger(lease.epoch());
    }

    private static Lease lease(Key key, Row row) {
        return new Lease(key, row.getInteger("epoch"), Leftover.read(row.getString("unfinished")));
    }

    /** @param row with the columns of a lease's key */
    static Key key(Row row) {
        return new Key(
                row.getInteger("partition"),
                row.getString("organization"),
                row.getString("export_id"),
                row.getOffsetDateTime("due").toInstant());
    }

    private static Waiting read(Row row) {
        return new Waiting(
                key(row),
                SelectSchedules.definition(row.getString("definition")),
                row.getLocalDate("first_day"),
                row.getLocalDate("last_day"));
    }
}
