package dev.centime.ingest.view.calls;

import static dev.centime.ingest.view.CoveredCalls.add;

import dev.centime.contracts.Scope;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.view.CoveredCalls;
import dev.centime.kit.Period;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which calls a list shows, by time. */
final class SelectCalls {
    private SelectCalls() {}

    /** Where a call stands in the list. */
    record Place(Instant at, long offset, String eventId) {}

    /**
     * @param newestFirst else the oldest
     * @param after where the page before ended, null for the first
     * @param limit at most so many
     */
    static Uni<List<Place>> of(
            SqlConnection connection,
            String organization,
            int partition,
            Period period,
            Scope scope,
            boolean newestFirst,
            @Nullable Place after,
            int limit) {
        var tuple = Tuple.of(partition, organization, utc(period.from()), utc(period.until()));
        var sql = new StringBuilder("SELECT at, log_offset, source, record_id FROM ingest.usage_detail"
                + " WHERE partition = $1 AND organization = $2 AND at >= $3 AND at < $4 AND NOT correction");
        sql.append(CoveredCalls.conditions(scope, tuple));
        if (after != null) {
            sql.append(newestFirst ? " AND (at, log_offset) < ($" : " AND (at, log_offset) > ($")
                    .append(add(tuple, utc(after.at())))
                    .append(", $")
                    .append(add(tuple, after.offset()))
                    .append(")");
        }
        sql.append(newestFirst ? " ORDER BY at DESC, log_offset DESC" : " ORDER BY at, log_offset")
                .append(" LIMIT $")
                .append(add(tuple, limit));
        return connection.preparedQuery(sql.toString()).execute(tuple).map(rows -> {
            var places = new ArrayList<Place>();
            rows.forEach(row -> places.add(new Place(
                    row.getOffsetDateTime("at").toInstant(),
                    row.getLong("log_offset"),
                    RecordIds.event(organization, row.getString("source"), row.getString("record_id")))));
            return places;
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
