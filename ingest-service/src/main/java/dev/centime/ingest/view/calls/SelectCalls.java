package dev.centime.ingest.view.calls;

import dev.centime.contracts.Scope;
import dev.centime.ingest.RecordIds;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which calls a list shows, newest first; and what of the detail rows a scope covers, for any statement over them. */
public final class SelectCalls {
    private static final Map<String, String> COLUMNS = Map.of(
            "provider", "provider",
            "model", "model",
            "project", "project",
            "experiment", "experiment",
            "session", "session",
            "user", "subject",
            "operation", "operation",
            "run", "run");

    private static final String TAG = "tag.";

    private SelectCalls() {}

    /** Where a call stands in the list. */
    record Place(Instant at, long offset, String eventId) {}

    /**
     * @param before where the page before ended, null for the first
     * @param limit at most so many
     */
    static Uni<List<Place>> of(
            SqlConnection connection,
            String organization,
            int partition,
            Period period,
            Scope scope,
            @Nullable Place before,
            int limit) {
        var tuple = Tuple.of(partition, organization, utc(period.from()), utc(period.until()));
        var sql = new StringBuilder("SELECT at, log_offset, source, record_id FROM ingest.usage_detail"
                + " WHERE partition = $1 AND organization = $2 AND at >= $3 AND at < $4 AND NOT correction");
        sql.append(conditions(scope, tuple));
        if (before != null) {
            sql.append(" AND (at, log_offset) < ($")
                    .append(add(tuple, utc(before.at())))
                    .append(", $")
                    .append(add(tuple, before.offset()))
                    .append(")");
        }
        sql.append(" ORDER BY at DESC, log_offset DESC LIMIT $").append(add(tuple, limit));
        return connection.preparedQuery(sql.toString()).execute(tuple).map(rows -> {
            var places = new ArrayList<Place>();
            rows.forEach(row -> places.add(new Place(
                    row.getOffsetDateTime("at").toInstant(),
                    row.getLong("log_offset"),
                    RecordIds.event(organization, row.getString("source"), row.getString("record_id")))));
            return places;
        });
    }

    /** What a scope asks of a detail row, each with AND before it. @param tuple takes what they compare with */
    public static String conditions(Scope scope, Tuple tuple) {
        var conditions = new StringBuilder();
        scope.filters().forEach((name, values) -> conditions
                .append(" AND ")
                .append(column(name, tuple))
                .append(" = ANY ($")
                .append(add(tuple, wanted(name, values)))
                .append(")"));
        return conditions.toString();
    }

    private static String column(String name, Tuple tuple) {
        if (name.startsWith(TAG)) {
            return "tags ->> $" + add(tuple, name.substring(TAG.length())) + "::text";
        }
        var column = COLUMNS.get(name);
        if (column == null) {
            throw Problem.badRequest(name, "is no dimension");
        }
        return column;
    }

    /** Nobody is not the calls without a user. */
    private static String[] wanted(String name, List<String> values) {
        return values.stream()
                .filter(value -> !name.equals("user") || !value.isEmpty())
                .toArray(String[]::new);
    }

    private static int add(Tuple tuple, Object value) {
        tuple.addValue(value);
        return tuple.size();
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
