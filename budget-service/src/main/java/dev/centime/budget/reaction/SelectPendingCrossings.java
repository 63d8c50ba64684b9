package dev.centime.budget.reaction;

import dev.centime.budget.StoredAlert;
import dev.centime.contracts.AlertRaised;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Crossings whose alert the log does not hold yet, as far as the view knows. */
final class SelectPendingCrossings {
    private static final String SQL = """
            SELECT organization, alert::text AS alert
            FROM budget.crossing
            WHERE partition = $1 AND organization = ANY ($2) AND NOT raised
            ORDER BY (alert ->> 'raised_at'), alert_id
            """;

    private SelectPendingCrossings() {}

    record Pending(String organization, AlertRaised alert) {}

    static Uni<List<Pending>> execute(Pool pool, int partition, Set<String> organizations) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.of(partition, organizations.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row ->
                                new Pending(row.getString("organization"), StoredAlert.read(row.getString("alert"))))
                        .toList());
    }
}
