package dev.centime.budget.view.alerts;

import dev.centime.budget.AboutIndividuals;
import dev.centime.budget.Tenancy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Alerts of an organization or of all, newest first. */
final class SelectAlerts {
    private static final String SQL = """
            SELECT organization, alert::text AS alert, acknowledged_at, acknowledged_by
            FROM budget.alert
            WHERE ($1::text IS NULL OR subject = $1)
                AND ($2::text IS NULL OR severity = $2)
                AND ($3::text IS NULL OR kind = $3)
                AND ($4::text IS NULL OR entity = $4)
                AND ($5::boolean IS NULL OR (acknowledged_at IS NOT NULL) = $5)
                AND ($6::timestamptz IS NULL OR (raised_at, alert_id) < ($6, $7::text))
                %s
            ORDER BY raised_at DESC, alert_id DESC
            LIMIT $8
            """;
    private static final String ALL = SQL.formatted("");
    private static final String TENANT = "AND partition = $9 AND organization = $10";
    private static final String OF_ONE = SQL.formatted(TENANT);

    private static final String OF_NOBODY = SQL.formatted(TENANT + " AND NOT " + AboutIndividuals.SQL);

    private SelectAlerts() {}

    /** What to select; a null is no condition. @param subject whose alone @param personsHidden whether only those about no single person */
    record Wanted(
            @Nullable String subject,
            boolean personsHidden,
            @Nullable String severity,
            @Nullable String kind,
            @Nullable String entity,
            @Nullable Boolean acknowledged,
            @Nullable Instant beforeRaisedAt,
            @Nullable String beforeId,
            int limit) {}

    static Uni<List<AlertRow>> execute(SqlConnection connection, Tenancy tenancy, Wanted wanted) {
        var before = wanted.beforeRaisedAt;
        var parameters = Tuple.tuple()
                .addString(wanted.subject)
                .addString(wanted.severity)
                .addString(wanted.kind)
                .addString(wanted.entity)
                .addBoolean(wanted.acknowledged)
                .addOffsetDateTime(before == null ? null : before.atOffset(ZoneOffset.UTC))
                .addString(wanted.beforeId)
                .addInteger(wanted.limit);
        var selected = tenancy.partition() == null
                ? connection.preparedQuery(ALL).execute(parameters)
                : connection
                        .preparedQuery(wanted.personsHidden ? OF_NOBODY : OF_ONE)
                        .execute(parameters.addInteger(tenancy.partition()).addString(tenancy.organization()));
        return selected.map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(AlertRow::read)
                .toList());
    }
}
