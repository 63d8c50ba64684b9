package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.SessionBudget;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code import}, as whoever receives a file writes it. An import of which nobody says that it still comes has broken off. */
@ApplicationScoped
class ImportReceipts {
    /** For how long nobody needs to say that a file still comes. */
    static final Duration LEASE = Duration.ofSeconds(45);

    private static final String LEASE_END = "clock_timestamp() + interval '" + LEASE.toSeconds() + " seconds'";

    private static final String OURS =
            " WHERE partition = $1 AND organization = $2 AND id = $3 AND epoch = $4 AND state = 'receiving'";

    private static final String BEGIN = """
            INSERT INTO ingest.import AS broken
                (partition, organization, id, name, state, dry_run, created_by, created_at, report, lease_until)
            VALUES ($1, $2, $3, '', 'receiving', false, $4, $5, $6::text::jsonb, %s)
            ON CONFLICT (partition, organization, id) DO UPDATE
            -- One whose file was never read to its end: the same key begins it anew.
            SET state = 'receiving', name = '', format = NULL, dry_run = false, bytes = 0, digest = NULL, records = 0,
                created_at = excluded.created_at, ended_at = NULL, failure = NULL, lease_until = excluded.lease_until,
                epoch = broken.epoch + 1
            WHERE broken.state = 'failed' AND broken.started_at IS NULL
            RETURNING epoch
            """.formatted(LEASE_END);

    private static final String TAKEN_OVER =
            "UPDATE ingest.import SET name = $5, format = $6, dry_run = $7, bytes = $8, digest = $9, lease_until = "
                    + LEASE_END + OURS;

    /** With how many records there are so far. */
    static final String STILL_COMING =
            "UPDATE ingest.import SET records = greatest(records, $5), lease_until = " + LEASE_END + OURS;

    private static final String READ = "UPDATE ingest.import SET state = 'waiting', format = $5, records = $6,"
            + " report = $7::text::jsonb, budgets = $8::text::jsonb" + OURS;

    /** One that was read may have gone on since, but not back. */
    private static final String WAS_READ = """
            SELECT id FROM ingest.import
            WHERE partition = $1 AND organization = $2 AND id = $3 AND digest = $4
                AND (state IN ('waiting', 'running', 'done') OR state = 'failed' AND started_at IS NOT NULL)
            """;

    private static final String FAIL =
            "UPDATE ingest.import SET state = 'failed', failure = $5, ended_at = clock_timestamp()" + OURS;

    private static final String FORGET = "DELETE FROM ingest.import" + OURS;

    private final Tenants tenants;

    ImportReceipts(Tenants tenants) {
        this.tenants = tenants;
    }

    /** @return empty when there is an import with this id, of a request that was sent before */
    Uni<Optional<Receipt>> begin(ImportKey key, String createdBy, Instant now) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(BEGIN)
                .execute(ImportRows.tuple(key)
                        .addString(createdBy)
                        .addOffsetDateTime(OffsetDateTime.ofInstant(now, ZoneOffset.UTC))
                        .addString(ImportRows.json(ImportReport.NOTHING)))
                .map(rows -> {
                    for (var row : rows) {
                        return Optional.of(new Receipt(key, row.getLong("epoch")));
                    }
                    return Optional.empty();
                }));
    }

    /**
     * The file lies here whole, and is to be read.
     *
     * @param digest of file and form
     * @return false when nobody wants it any more: it was cancelled, or is another's
     */
    Uni<Boolean> takenOver(Receipt receipt, String name, ImportForm form, long bytes, byte[] digest) {
        var format = form.format() == null ? null : form.format().text();
        return update(
                receipt,
                TAKEN_OVER,
                tuple(receipt)
                        .addString(name)
                        .addString(format)
                        .addBoolean(form.dryRun())
                        .addLong(bytes)
                        .addBuffer(Buffer.buffer(digest)));
    }

    /** @return as {@link #takenOver} */
    Uni<Boolean> stillComing(Receipt receipt) {
        return update(receipt, STILL_COMING, tuple(receipt).addLong(0L));
    }

    /** What was read, whole. @param digest of the file and form that it was read from */
    record Read(
            @Nullable String format, byte[] digest, long records, ImportReport report, List<SessionBudget> budgets) {}

    /** It may be run; said again, after an answer that was lost, it is said once. @return as {@link #takenOver} */
    Uni<Boolean> read(Receipt receipt, Read read) {
        var whole = tuple(receipt)
                .addString(read.format())
                .addLong(read.records())
                .addString(ImportRows.json(read.report()))
                .addString(ImportRows.json(read.budgets()));
        return tenants.with(receipt.key().organization(), connection -> written(connection, READ, whole)
                .chain(written ->
                        written ? Uni.createFrom().item(true) : wasRead(connection, receipt.key(), read.digest())));
    }

    private static Uni<Boolean> wasRead(SqlConnection connection, ImportKey key, byte[] digest) {
        return connection
                .preparedQuery(WAS_READ)
                .execute(ImportRows.tuple(key).addBuffer(Buffer.buffer(digest)))
                .map(rows -> rows.size() == 1);
    }

    /** Ends one whose sender was told of it. @param reason for people. @return as {@link #takenOver} */
    Uni<Boolean> fail(Receipt receipt, String reason) {
        return withoutChunks(receipt, FAIL, tuple(receipt).addString(reason));
    }

    /** Of a file that is refused at once nothing stays. */
    Uni<Boolean> forget(Receipt receipt) {
        return withoutChunks(receipt, FORGET, tuple(receipt));
    }

    static Tuple tuple(Receipt receipt) {
        return ImportRows.tuple(receipt.key()).addLong(receipt.epoch());
    }

    private Uni<Boolean> update(Receipt receipt, String statement, Tuple tuple) {
        return tenants.with(receipt.key().organization(), connection -> written(connection, statement, tuple));
    }

    private Uni<Boolean> withoutChunks(Receipt receipt, String statement, Tuple tuple) {
        return tenants.with(receipt.key().organization(), connection -> written(connection, statement, tuple)
                .chain(written -> written
                        ? connection
                                .preparedQuery(ImportRows.DELETE_CHUNKS)
                                .execute(ImportRows.tuple(receipt.key()))
                                .replaceWith(true)
                        : Uni.createFrom().item(false)));
    }

    private static Uni<Boolean> written(SqlConnection connection, String statement, Tuple tuple) {
        return connection.preparedQuery(statement).execute(tuple).map(rows -> rows.rowCount() == 1);
    }
}
