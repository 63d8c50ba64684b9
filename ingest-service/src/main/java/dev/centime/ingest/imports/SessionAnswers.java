package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.FileFormat;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code session_answer}: under which record an answer counts that session logs tell of more than once. A sidechain begins
 * with a copy of what was said before it, under request ids of its own, and may be imported long before or after what it copies.
 * Whichever is told of first gives the record its id, for ever; it is kept before anything is recorded, so that a chunk that is
 * recorded again says the same.
 */
@ApplicationScoped
class SessionAnswers {
    private static final String KEEP = """
            INSERT INTO ingest.session_answer (partition, organization, message, record_id, copied)
            SELECT $1, $2, message, record_id, copied
            FROM unnest($3::text[], $4::text[], $5::boolean[]) AS told (message, record_id, copied) ORDER BY message
            ON CONFLICT (partition, organization, message) DO NOTHING
            """;

    private static final String FIND = """
            SELECT message, record_id, copied FROM ingest.session_answer
            WHERE partition = $1 AND organization = $2 AND message = ANY ($3)
            """;

    private final Tenants tenants;

    SessionAnswers(Tenants tenants) {
        this.tenants = tenants;
    }

    private record Told(String recordId, boolean copied) {
        /** Of two told of at once, the one that is no copy. */
        Told rather(Told other) {
            return copied && !other.copied ? other : this;
        }
    }

    /** The rows, each under the id that it counts under. @param kept false to look, and keep nothing */
    Uni<List<SpooledRow>> named(ImportKey key, FileFormat format, List<SpooledRow> rows, boolean kept) {
        var told = new LinkedHashMap<String, Told>();
        for (var row : rows) {
            format.answer(row.usage())
                    .ifPresent(answer -> told.merge(
                            answer.message(),
                            new Told(String.valueOf(row.usage().id()), answer.copied()),
                            Told::rather));
        }
        return told.isEmpty()
                ? Uni.createFrom().item(rows)
                : first(key, told, kept).map(first -> rows.stream()
                        .map(row -> named(format, row, first))
                        .toList());
    }

    private static SpooledRow named(FileFormat format, SpooledRow row, Map<String, Told> first) {
        return format.answer(row.usage())
                .map(answer -> {
                    var told = first.get(answer.message());
                    return told != null && (told.copied() || answer.copied()) ? row.identified(told.recordId()) : row;
                })
                .orElse(row);
    }

    private Uni<Map<String, Told>> first(ImportKey key, Map<String, Told> told, boolean kept) {
        var messages = told.keySet().toArray(String[]::new);
        return tenants.with(key.organization(), connection -> {
            var find =
                    connection.preparedQuery(FIND).execute(ImportRows.place(key).addArrayOfString(messages));
            var keep = connection
                    .preparedQuery(KEEP)
                    .execute(ImportRows.place(key)
                            .addArrayOfString(messages)
                            .addArrayOfString(
                                    told.values().stream().map(Told::recordId).toArray(String[]::new))
                            .addArrayOfBoolean(
                                    told.values().stream().map(Told::copied).toArray(Boolean[]::new)));
            // A statement of its own sees what somebody else kept a moment ago.
            return (kept ? keep.chain(() -> find) : find).map(rows -> found(told, rows));
        });
    }

    private static Map<String, Told> found(Map<String, Told> told, RowSet<Row> rows) {
        var first = new HashMap<>(told);
        rows.forEach(row ->
                first.put(row.getString("message"), new Told(row.getString("record_id"), row.getBoolean("copied"))));
        return first;
    }
}
