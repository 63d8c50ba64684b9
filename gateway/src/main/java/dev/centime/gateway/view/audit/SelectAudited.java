package dev.centime.gateway.view.audit;

import dev.centime.eventstore.log.About;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Events that say what they are about, of one organization's log, newest first, each with the payload that it took the place of. Read
 * under row-level security; found among the tags by index, each event then by its key.
 */
final class SelectAudited {
    private static final String SQL = """
            SELECT e.log_offset, e.id, t.type, e.recorded_at, e.metadata, e.payload, before.payload AS before
            FROM log.event_tag t
            CROSS JOIN LATERAL (
                SELECT e.log_offset, e.id, e.recorded_at, e.metadata, e.metadata::jsonb AS said, e.payload FROM log.event e
                WHERE e.partition = t.partition AND e.log_offset = t.log_offset
                OFFSET 0) e
            LEFT JOIN LATERAL (
                SELECT o.payload FROM log.event_tag b
                JOIN log.event o ON o.partition = b.partition AND o.log_offset = b.log_offset
                WHERE t.type ~ '-(set|changed)$'
                    AND b.partition = t.partition AND b.organization = t.organization
                    AND b.tag = 'audited=' || (e.said ->> 'entity') AND b.log_offset < t.log_offset
                    AND b.type ~ '-(created|set|changed)$'
                    AND o.metadata::jsonb ->> 'concerning' IS NOT DISTINCT FROM e.said ->> 'concerning'
                ORDER BY b.log_offset DESC LIMIT 1) before ON true
            WHERE t.partition = $1 AND t.organization = $2 AND t.tag = $3
                AND ($4::bigint IS NULL OR t.log_offset < $4)
                AND ($5::text[] IS NULL OR t.type = ANY ($5))
                AND ($6::text IS NULL OR coalesce(e.said ->> 'concerning', $6) = $6)
                AND ($7::text IS NULL OR e.said ->> 'actor' = $7)
                AND ($8::timestamptz IS NULL OR e.recorded_at >= $8)
                AND ($9::timestamptz IS NULL OR e.recorded_at < $9)
            ORDER BY t.log_offset DESC
            LIMIT $10
            """;

    private SelectAudited() {}

    /** What to select; a null is no condition. @param types stored names */
    record Wanted(
            @Nullable String entity,
            @Nullable String actor,
            List<String> types,
            @Nullable Instant from,
            @Nullable Instant until,
            int limit) {}

    /** @param before the payload that this one took the place of; null for none */
    record Audited(
            long offset,
            String id,
            String type,
            Instant recordedAt,
            Map<String, String> metadata,
            byte[] payload,
            byte @Nullable [] before) {
        String said(String key) {
            return metadata.getOrDefault(key, "");
        }
    }

    /** @param before the offset that the page before ended with; null for the first */
    static Uni<List<Audited>> execute(SqlConnection connection, AuditedLog log, Wanted wanted, @Nullable Long before) {
        var tag = wanted.entity == null ? log.tag() : About.entityTag(wanted.entity);
        var parameters = Tuple.tuple()
                .addInteger(log.partition())
                .addString(log.organization())
                .addString(tag.key() + "=" + tag.value())
                .addLong(before)
                .addArrayOfString(wanted.types.isEmpty() ? null : wanted.types.toArray(String[]::new))
                .addString(log.concerning())
                .addString(wanted.actor)
                .addOffsetDateTime(utc(wanted.from))
                .addOffsetDateTime(utc(wanted.until))
                .addInteger(wanted.limit);
        return connection.preparedQuery(SQL).execute(parameters).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(SelectAudited::audited)
                .toList());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Audited audited(Row row) {
        var metadata = new TreeMap<String, String>();
        new JsonObject(row.getString("metadata"))
                .forEach(said -> metadata.put(said.getKey(), String.valueOf(said.getValue())));
        var before = row.getBuffer("before");
        return new Audited(
                row.getLong("log_offset"),
                row.getString("id"),
                row.getString("type"),
                row.getOffsetDateTime("recorded_at").toInstant(),
                metadata,
                row.getBuffer("payload").getBytes(),
                before == null ? null : before.getBytes());
    }
}
