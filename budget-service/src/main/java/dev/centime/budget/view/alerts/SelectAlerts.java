package dev.centime.budget.view.alerts;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Alerts of an organization, newest first. */
final class SelectAlerts {
    private static final String SQL = """
            SELECT alert::text AS alert, acknowledged_at, acknowledged_by
            FROM budget.alert
            WHERE partition = $1 AND organization = $2
                AND ($3::text IS NULL OR subject = $3)
                AND ($4::text IS NULL OR severity = $4)
                AND ($5::text IS NULL OR kind = $5)
                AND ($6::text IS NULL OR entity = $6)
                AND ($7::boolean IS NULL OR (acknowledged_at IS NOT NULL) = $7)
                AND ($8::timestamptz IS NULL OR (raised_at, alert_id) < ($8, $9::text))
            ORDER BY raised_at DESC, alert_id DESC
            LIMIT $10
            """;

    private SelectAlerts() {}

    /** What to select; a null is no condition. @param subject whose alone */
    record Wanted(
            @Nullable String subject,
            @Nullable String severity,
            @Nullable String kind,
            @Nullable String entity,
            @Nullable Boolean acknowledged,
            @Nullable Instant beforeRaisedAt,
            @Nullable String beforeId,
            int limit) {}

    static Uni<List<AlertRow>> execute(SqlConnection connection, int partition, String organization, Wanted wanted) {
        var before = wanted.beforeRaisedAt;
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.tuple()
                        .addInteger(partition)
                        .addString(organization)
                        .addString(wanted.subject)
                        .addString(wanted.severity)
                        .addString(wanted.kind)
                        .addString(wanted.entity)
                        .addBoolean(wanted.acknowledged)
                        .addOffsetDateTime(before == null ? null : before.atOffset(ZoneOffset.UTC))
                        .addString(wanted.beforeId)
                        .addInteger(wanted.limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(AlertRow::read)
                        .toList());
    }
}
