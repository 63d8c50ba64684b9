package dev.centime.ingest.command.reprice;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far runs are. Whoever works on a run holds it by a lease; what it changed and how far it came are written in one transaction,
 * and only while the lease is its own, so nothing is counted twice, whoever dies when.
 */
@ApplicationScoped
class RunProgress {
    /** Several times what lies between two beats; what a dead replica began waits as long. */
    private static final String LEASE = "clock_timestamp() + interval '15 seconds'";

    private static final int MAX_FAILURES = 20;

    private static final String CLAIM = """
            UPDATE ingest.reprice_run SET state = 'running', lease = $3, lease_until = %s
            WHERE partition = $1 AND organization = $2 AND id = (
                SELECT id FROM ingest.reprice_run
                WHERE partition = $1 AND organization = $2 AND state IN ('waiting', 'running')
                  AND (lease_until IS NULL OR lease_until < clock_timestamp())
                ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
            RETURNING id, run_order::text AS order_text, requested_by, calls_total, place_organization, place_at, place_offset
            """.formatted(LEASE);

    private static final String OWN = " WHERE partition = $1 AND organization = $2 AND id = $3 AND lease = $4";

    private static final String MOVE =
            "UPDATE ingest.reprice_run SET place_organization = $5, place_at = $6, place_offset = $7,"
                    + " calls_looked_at = calls_looked_at + $8, calls_total = coalesce($9, calls_total), failures = 0, failure = NULL,"
                    + " lease_until = " + LEASE + OWN;

    private static final String END =
            "UPDATE ingest.reprice_run SET state = 'done', finished_at = $5, lease = NULL, lease_until = NULL" + OWN;

    /** It is tried again a little later, by anybody, but not for ever. */
    private static final String FAIL = "UPDATE ingest.reprice_run SET failure = $5, failures = failures + 1,"
            + " state = CASE WHEN failures + 1 >= $6 THEN 'failed' ELSE state END,"
            + " finished_at = CASE WHEN failures + 1 >= $6 THEN clock_timestamp() END,"
            + " lease = NULL, lease_until = clock_timestamp() + interval '2 seconds'" + OWN;

    private static final String BEAT = "UPDATE ingest.reprice_run SET lease_until = " + LEASE + OWN;

    private static final String ADD = """
            INSERT INTO ingest.reprice_change AS known
                (partition, organization, run, dimension, key, calls, cost_before, cost_after)
            SELECT $1, $2, $3, dimension, key, calls, cost_before::numeric, cost_after::numeric
            FROM unnest($4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
                AS added (dimension, key, calls, cost_before, cost_after)
            ON CONFLICT (partition, organization, run, dimension, key) DO UPDATE
            SET calls = known.calls + excluded.calls, cost_before = known.cost_before + excluded.cost_before,
                cost_after = known.cost_after + excluded.cost_after
            """;

    private final Runs runs;

    RunProgress(Runs runs) {
        this.runs = runs;
    }

    /**
     * A run to work on.
     *
     * @param lease by which it is held
     * @param callsTotal null before they were counted
     */
    record Held(
            String id,
            String lease,
            RunOrder order,
            String requestedBy,
            @Nullable Long callsTotal,
            Place place) {}

    /** How far a run is: all of the organizations before this one, and of it the calls up to this one. */
    record Place(String organization, Instant at, long offset) {
        static Place before(String organization) {
            return new Place(organization, Instant.EPOCH, 0);
        }
    }

    /** Somebody else holds the run by now. */
    static final class LeaseLost extends RuntimeException {
        private static final long serialVersionUID = 1L;

        LeaseLost() {
            super("the run is somebody else's by now", null, false, false);
        }
    }

    /** The oldest run that nobody works on; empty when there is none. */
    Uni<Optional<Held>> claim(String lease) {
        return runs.with(connection -> connection
                .preparedQuery(CLAIM)
                .execute(Runs.platform().addString(lease))
                .map(rows -> {
                    for (var row : rows) {
                        return Optional.of(new Held(
                                row.getString("id"),
                                lease,
                                Runs.order(row.getString("order_text")),
                                row.getString("requested_by"),
                                row.getLong("calls_total"),
                                new Place(
                                        row.getString("place_organization"),
                                        row.getOffsetDateTime("place_at").toInstant(),
                                        row.getLong("place_offset"))));
                    }
                    return Optional.<Held>empty();
                }));
    }

    /**
     * Writes what was done up to a place.
     *
     * @param callsTotal null leaves it as it is
     * @throws LeaseLost (as a failure) when somebody else holds the run
     */
    Uni<Void> moved(
            Held run,
            Place place,
            int lookedAt,
            @Nullable Long callsTotal,
            Map<ChangedSums.Key, ChangedSums.Sum> sums) {
        var tuple = own(run).addString(place.organization())
                .addOffsetDateTime(utc(place.at()))
                .addLong(place.offset())
                .addInteger(lookedAt)
                .addLong(callsTotal);
        return runs.with(connection -> one(connection, MOVE, tuple).chain(() -> add(connection, run, sums)));
    }

    /** Whoever holds the run is still at it, however long one step takes. */
    Uni<Void> beat(Held run) {
        return runs.with(connection -> connection.preparedQuery(BEAT).execute(own(run)))
                .replaceWithVoid();
    }

    Uni<Void> ended(Held run, Instant now) {
        return runs.with(connection -> one(connection, END, own(run).addOffsetDateTime(utc(now))));
    }

    Uni<Void> failed(Held run, String failure) {
        return runs.with(
                connection -> one(connection, FAIL, own(run).addString(failure).addInteger(MAX_FAILURES)));
    }

    private static Uni<Void> one(SqlConnection connection, String statement, Tuple tuple) {
        return connection
                .preparedQuery(statement)
                .execute(tuple)
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new LeaseLost();
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> add(SqlConnection connection, Held run, Map<ChangedSums.Key, ChangedSums.Sum> sums) {
        if (sums.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var keys = List.copyOf(sums.keySet());
        var values = keys.stream().map(sums::get).toList();
        var tuple = Runs.platform()
                .addString(run.id())
                .addArrayOfString(keys.stream().map(ChangedSums.Key::dimension).toArray(String[]::new))
                .addArrayOfString(keys.stream().map(ChangedSums.Key::key).toArray(String[]::new))
                .addArrayOfLong(values.stream().map(ChangedSums.Sum::calls).toArray(Long[]::new))
                .addArrayOfString(
                        texts(values.stream().map(ChangedSums.Sum::before).toList()))
                .addArrayOfString(
                        texts(values.stream().map(ChangedSums.Sum::after).toList()));
        return connection.preparedQuery(ADD).execute(tuple).replaceWithVoid();
    }

    private static Tuple own(Held run) {
        return Runs.platform().addString(run.id()).addString(run.lease());
    }

    private static String[] texts(List<BigDecimal> amounts) {
        return amounts.stream().map(BigDecimal::toPlainString).toArray(String[]::new);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
