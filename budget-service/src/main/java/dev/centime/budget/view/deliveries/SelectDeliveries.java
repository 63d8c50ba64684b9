package dev.centime.budget.view.deliveries;

import dev.centime.budget.MessageSent;
import dev.centime.budget.Tenancy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Messages of an organization or of all, newest first. */
final class SelectDeliveries {
    private static final String SQL = "SELECT " + MessageSent.COLUMNS + """
             FROM budget.delivery
            WHERE ($1::text IS NULL OR subject = $1)
                AND ($2::text IS NULL OR state = $2)
                AND ($3::text IS NULL OR channel = $3)
                AND ($4::text IS NULL OR alert_id = $4)
                AND ($5::timestamptz IS NULL OR (created_at, delivery_id) < ($5, $6::text))
                %s
            ORDER BY created_at DESC, delivery_id DESC
            LIMIT $7
            """;
    private static final String ALL = SQL.formatted("");
    private static final String OF_ONE = SQL.formatted("AND partition = $8 AND organization = $9");

    private SelectDeliveries() {}

    /** What to select; a null is no condition. @param subject whose alone */
    record Wanted(
            @Nullable String subject,
            @Nullable String state,
            @Nullable String channel,
            @Nullable String alertId,
            @Nullable Instant beforeCreatedAt,
            @Nullable String beforeId,
            int limit) {}

    static Uni<List<MessageSent.Unnamed>> execute(SqlConnection connection, Tenancy tenancy, Wanted wanted) {
        var before = wanted.beforeCreatedAt;
        var parameters = Tuple.tuple()
                .addString(wanted.subject)
                .addString(wanted.state)
                .addString(wanted.channel)
                .addString(wanted.alertId)
                .addOffsetDateTime(before == null ? null : before.atOffset(ZoneOffset.UTC))
                .addString(wanted.beforeId)
                .addInteger(wanted.limit);
        var selected = tenancy.partition() == null
                ? connection.preparedQuery(ALL).execute(parameters)
                : connection
                        .preparedQuery(OF_ONE)
                        .execute(parameters.addInteger(tenancy.partition()).addString(tenancy.organization()));
        return selected.map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(MessageSent::read)
                .toList());
    }
}
