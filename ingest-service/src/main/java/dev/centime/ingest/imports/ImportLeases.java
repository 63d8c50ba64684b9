package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.SessionBudget;
import dev.centime.kit.Caller;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who records an import: whoever holds its lease, by the database's clock. The epoch that came with it stands beside every progress,
 * so one who was away for too long writes nothing.
 */
@ApplicationScoped
class ImportLeases {
    /** Why an import failed whose file was here and went with the service. */
    static final String NOT_READ = "the service ended before the file was read: send it again";

    private static final String LEASE = "clock_timestamp() + interval '20 seconds'";

    private static final String DUE = """
            (SELECT DISTINCT ON (partition) partition, organization, id, state FROM ingest.import
             WHERE state = 'waiting' OR state = 'running' AND lease_until < clock_timestamp()
             ORDER BY partition, created_at)
            UNION ALL
            (SELECT partition, organization, id, state FROM ingest.import
             WHERE state = 'receiving' AND lease_until < clock_timestamp() LIMIT 50)
            """;

    private static final String TAKE =
            "UPDATE ingest.import SET state = 'running', epoch = epoch + 1, lease_until = " + LEASE
                    + ", started_at = coalesce(started_at, clock_timestamp())"
                    + " WHERE partition = $1 AND organization = $2 AND id = $3"
                    + " AND (state = 'waiting' OR state = 'running' AND lease_until < clock_timestamp())"
                    + " RETURNING epoch, budgets::text AS budgets, " + ImportRows.COLUMNS;

    private static final String KEEP = "UPDATE ingest.import SET lease_until = " + LEASE
            + " WHERE partition = $1 AND organization = $2 AND id = $3 AND epoch = $4 AND state = 'running'";

    private static final String PROGRESS = "UPDATE ingest.import SET lease_until = " + LEASE
            + ", records_done = $5, report = $6::text::jsonb"
            + " WHERE partition = $1 AND organization = $2 AND id = $3 AND epoch = $4 AND state = 'running'";

    private static final String DELETE_CHUNK = "DELETE FROM ingest.import_chunk"
            + " WHERE partition = $1 AND organization = $2 AND import_id = $3 AND number = $4";

    private static final String END = """
            UPDATE ingest.import SET state = $5, failure = $6, ended_at = clock_timestamp()
            WHERE partition = $1 AND organization = $2 AND id = $3 AND epoch = $4 AND state = 'running'
            """;

    private static final String ABANDONED = """
            UPDATE ingest.import SET state = 'failed', ended_at = clock_timestamp(),
                failure = CASE WHEN bytes = 0 THEN 'the upload broke off' ELSE '%s' END
            WHERE partition = $1 AND organization = $2 AND id = $3 AND state = 'receiving' AND lease_until < clock_timestamp()
            """.formatted(NOT_READ);

    private final Tenants tenants;

    ImportLeases(Tenants tenants) {
        this.tenants = tenants;
    }

    /** @param abandoned a file that nobody sends any more, rather than an import to be run */
    record Due(ImportKey key, boolean abandoned) {}

    /**
     * @param epoch to be named with every progress
     * @param resumed whether somebody else, or an earlier life, had it before
     */
    record Taken(ImportKey key, Import standing, List<SessionBudget> budgets, long epoch, boolean resumed) {}

    /** What waits, of all organizations, oldest first. */
    Uni<List<Due>> due() {
        return tenants.with(
                Caller.ALL_ORGANIZATIONS,
                connection -> connection.preparedQuery(DUE).execute().map(rows -> {
                    var due = new ArrayList<Due>();
                    for (Row row : rows) {
                        due.add(new Due(
                                new ImportKey(
                                        row.getInteger("partition"),
                                        row.getString("organization"),
                                        row.getString("id")),
                                row.getString("state").equals("receiving")));
                    }
                    return due;
                }));
    }

    /** Empty when somebody else was faster. */
    Uni<Optional<Taken>> take(ImportKey key) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(TAKE)
                .execute(ImportRows.tuple(key))
                .map(rows -> {
                    for (Row row : rows) {
                        var epoch = row.getLong("epoch");
                        return Optional.of(new Taken(
                                key,
                                ImportRows.read(row),
                                ImportRows.budgets(row.getString("budgets")),
                                epoch,
                                epoch > 1));
                    }
                    return Optional.empty();
                }));
    }

    /** @return false when it is no longer held: another has it, or it was cancelled */
    Uni<Boolean> keep(Taken taken) {
        return tenants.with(taken.key().organization(), connection -> held(connection, KEEP, tuple(taken)));
    }

    /** What a chunk made of the import, and the chunk's end, at once. @return as {@link #keep} */
    Uni<Boolean> progress(Taken taken, int chunk, long recordsDone, ImportReport report) {
        var progress = tuple(taken).addLong(recordsDone).addString(ImportRows.json(report));
        return tenants.with(taken.key().organization(), connection -> held(connection, PROGRESS, progress)
                .chain(held -> held
                        ? connection
                                .preparedQuery(DELETE_CHUNK)
                                .execute(ImportRows.tuple(taken.key()).addInteger(chunk))
                                .replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    /** @param failure null when it is done. @return as {@link #keep} */
    Uni<Boolean> end(Taken taken, @Nullable String failure) {
        var end = tuple(taken).addString(failure == null ? "done" : "failed").addString(failure);
        return tenants.with(taken.key().organization(), connection -> held(connection, END, end)
                .chain(held -> held
                        ? forgetChunks(connection, taken.key()).replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    /** Ends one that nobody receives any more. @return whether it was that */
    Uni<Boolean> abandoned(ImportKey key) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(ABANDONED)
                .execute(ImportRows.tuple(key))
                .chain(ended -> ended.rowCount() == 1
                        ? forgetChunks(connection, key).replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    private static Uni<Void> forgetChunks(SqlConnection connection, ImportKey key) {
        return connection
                .preparedQuery(ImportRows.DELETE_CHUNKS)
                .execute(ImportRows.tuple(key))
                .replaceWithVoid();
    }

    private static Uni<Boolean> held(SqlConnection connection, String statement, Tuple tuple) {
        return connection.preparedQuery(statement).execute(tuple).map(rows -> rows.rowCount() == 1);
    }

    private static Tuple tuple(Taken taken) {
        return ImportRows.tuple(taken.key()).addLong(taken.epoch());
    }
}
