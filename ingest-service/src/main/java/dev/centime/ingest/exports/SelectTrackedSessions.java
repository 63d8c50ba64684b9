package dev.centime.ingest.exports;

import static dev.centime.ingest.view.CoveredCalls.add;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.CoveredCalls;
import dev.centime.ingest.view.GoneDays;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a period make of sessions, by name: which sessions from their totals, what they did from their calls. Calls that
 * the view learned of after a given offset are not in it, so that a sum and the rows it is of agree however long the reading takes.
 */
final class SelectTrackedSessions {
    private static final String NEWEST = "SELECT up_to FROM ingest.projection_position"
            + " WHERE partition = $1 AND projection = 'calls' AND serving";

    private static final String CALLS = " FROM ingest.usage_detail AS call WHERE partition = $1 AND organization = $2"
            + " AND at >= $3 AND at < $4 AND log_offset <= $5";

    private static final String SUMS = "SELECT count(*) AS calls,"
            + " string_agg(DISTINCT tags ->> 'phase', ' ' ORDER BY tags ->> 'phase') AS phase, min(at) AS first_at,"
            + " sum(requests) FILTER (WHERE model ILIKE '%haiku%') AS haiku,"
            + " sum(requests) FILTER (WHERE model ILIKE '%sonnet%') AS sonnet, sum(total_cost) AS total_cost";

    private SelectTrackedSessions() {}

    /**
     * A page.
     *
     * @param end the name of the last session looked at, null when there is none behind it
     */
    record Found(List<TrackedSession> sessions, @Nullable String end) {}

    /** Up to where the view has read the log. */
    static Uni<Long> newest(SqlConnection connection, int partition) {
        return connection.preparedQuery(NEWEST).execute(Tuple.of(partition)).map(rows -> {
            var found = rows.iterator();
            return found.hasNext() ? found.next().getLong("up_to") : 0L;
        });
    }

    /** What all of them cost together. */
    static Uni<Money> total(SqlConnection connection, int partition, ExportOrder order, long upTo) {
        var tuple = tuple(partition, order, upTo);
        var sql = "SELECT coalesce(sum(total_cost), 0) AS total" + CALLS + " AND session <> ''"
                + CoveredCalls.conditions(order.scope(), tuple);
        return connection
                .preparedQuery(sql)
                .execute(tuple)
                .map(rows -> Money.of(rows.iterator().next().getBigDecimal("total")))
                .call(() -> whole(connection, partition, order));
    }

    /** @param after the name that the page before ended with, the empty text for the first */
    static Uni<Found> page(
            SqlConnection connection, int partition, ExportOrder order, long upTo, String after, int limit) {
        var tuple = tuple(partition, order, upTo);
        var named = "SELECT DISTINCT session FROM ingest.session_total WHERE partition = $1 AND organization = $2"
                + " AND last_at >= $3 AND first_at < $4 AND session > $" + add(tuple, after)
                + "::text ORDER BY session LIMIT $" + add(tuple, limit);
        var sql =
                "SELECT page.session, sums.*, budget.allocated FROM (" + named + ") AS page CROSS JOIN LATERAL (" + SUMS
                        + CALLS + " AND call.session = page.session" + CoveredCalls.conditions(order.scope(), tuple)
                        + ") AS sums LEFT JOIN ingest.session_budget AS budget ON budget.partition = $1"
                        + " AND budget.organization = $2 AND budget.session = page.session ORDER BY page.session";
        return connection
                .preparedQuery(sql)
                .execute(tuple)
                .map(rows -> {
                    var sessions = new ArrayList<TrackedSession>(rows.size());
                    var last = after;
                    for (var row : rows) {
                        last = row.getString("session");
                        // A session of the period without a call that the filters cover.
                        if (row.getLong("calls") > 0) {
                            sessions.add(read(row, order));
                        }
                    }
                    return new Found(sessions, rows.size() < limit ? null : last);
                })
                .call(() -> whole(connection, partition, order));
    }

    /** Of sessions whose calls have expired, the parts that are left are no sum. */
    private static Uni<Void> whole(SqlConnection connection, int partition, ExportOrder order) {
        return GoneDays.refuse(
                connection,
                partition,
                order.organization().id(),
                order.period().from(),
                order.period().until());
    }

    private static TrackedSession read(Row row, ExportOrder order) {
        var allocated = row.getBigDecimal("allocated");
        return new TrackedSession(
                row.getString("session"),
                row.getString("phase"),
                row.getOffsetDateTime("first_at")
                        .atZoneSameInstant(order.organization().timeZone())
                        .toLocalDate(),
                allocated == null ? null : Money.of(allocated),
                count(row, "haiku"),
                count(row, "sonnet"),
                Money.of(row.getBigDecimal("total_cost")));
    }

    private static long count(Row row, String column) {
        var count = row.getBigDecimal(column);
        return count == null ? 0 : count.longValueExact();
    }

    private static Tuple tuple(int partition, ExportOrder order, long upTo) {
        return Tuple.of(
                partition,
                order.organization().id(),
                utc(order.period().from()),
                utc(order.period().until()),
                upTo);
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
