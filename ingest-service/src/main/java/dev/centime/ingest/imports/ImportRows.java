package dev.centime.ingest.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.ImportProgressed.State;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.accept.file.SessionBudget;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code import}, as those who ask about imports see it. */
@ApplicationScoped
class ImportRows {
    static final ObjectMapper JSON = Contracts.mapper();
    static final String COLUMNS = "partition, organization, id, name, format, state, dry_run, created_by, created_at,"
            + " started_at, ended_at, bytes, records, records_done, report::text AS report, failure";

    static final String DELETE_CHUNKS =
            "DELETE FROM ingest.import_chunk WHERE partition = $1 AND organization = $2 AND import_id = $3";

    private static final String CANCEL = """
            UPDATE ingest.import SET state = 'cancelled', epoch = epoch + 1, ended_at = clock_timestamp()
            WHERE partition = $1 AND organization = $2 AND id = $3 AND state IN ('receiving', 'waiting', 'running')
            """;

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM ingest.import WHERE partition = $1 AND organization = $2 AND id = $3";

    /** Null while its own file is coming. One that was cancelled before that is known by its key alone. */
    private static final String IS_OF = """
            SELECT CASE WHEN digest IS NOT NULL THEN digest = $4 WHEN state <> 'receiving' THEN true END AS same
            FROM ingest.import WHERE partition = $1 AND organization = $2 AND id = $3
            """;

    private static final String PAGE = "SELECT " + COLUMNS + " FROM ingest.import"
            + " WHERE partition = $1 AND organization = $2 AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC"
            + " LIMIT $5";

    private final Tenants tenants;
    private final EventLog log;

    ImportRows(Tenants tenants, EventLog log) {
        this.tenants = tenants;
        this.log = log;
    }

    Uni<ImportKey> key(String organization, String id) {
        return log.partitionOf(organization).map(partition -> new ImportKey(partition, organization, id));
    }

    /** Ends an import that has not ended; its record stays. @return whether there was anything to end */
    Uni<Boolean> cancel(ImportKey key) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(CANCEL)
                .execute(tuple(key))
                .chain(cancelled -> connection
                        .preparedQuery(DELETE_CHUNKS)
                        .execute(tuple(key))
                        .replaceWith(cancelled.rowCount() == 1)));
    }

    Uni<Optional<Import>> find(ImportKey key) {
        return tenants.with(
                key.organization(),
                connection -> connection.preparedQuery(FIND).execute(tuple(key)).map(rows -> imports(rows).stream()
                        .findFirst()));
    }

    /** Whether an import is of the same file and form; empty while that cannot be said, since its own is still coming or was refused. */
    Uni<Optional<Boolean>> isOf(ImportKey key, byte[] digest) {
        return tenants.with(key.organization(), connection -> connection
                .preparedQuery(IS_OF)
                .execute(tuple(key).addBuffer(Buffer.buffer(digest)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .findFirst()
                        .map(row -> row.getBoolean("same"))));
    }

    /** Newest first. @param before the last of the page before */
    Uni<List<Import>> page(String organization, PlaceInTime before, int limit) {
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(PAGE)
                        .execute(Tuple.of(
                                partition,
                                organization,
                                OffsetDateTime.ofInstant(before.at(), ZoneOffset.UTC),
                                before.id(),
                                limit))
                        .map(ImportRows::imports)));
    }

    static Tuple tuple(ImportKey key) {
        return Tuple.of(key.partition(), key.organization(), key.id());
    }

    /** Where the imports of an organization lie. */
    static Tuple place(ImportKey key) {
        return Tuple.of(key.partition(), key.organization());
    }

    private static List<Import> imports(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(ImportRows::read)
                .toList();
    }

    static Import read(Row row) {
        return new Import(
                row.getString("id"),
                row.getString("name"),
                row.getString("format"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getBoolean("dry_run"),
                row.getString("created_by"),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getLong("bytes"),
                row.getLong("records"),
                row.getLong("records_done"),
                parsed(row.getString("report"), new TypeReference<ImportReport>() {}),
                row.getString("failure"));
    }

    static List<SessionBudget> budgets(String json) {
        return new ArrayList<>(parsed(json, new TypeReference<List<SessionBudget>>() {}));
    }

    private static @Nullable Instant instant(Row row, String column) {
        var value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    /** As text, which keeps every digit: the client's own JSON would read amounts as binary fractions. */
    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T parsed(String json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an import cannot be read", e);
        }
    }
}
