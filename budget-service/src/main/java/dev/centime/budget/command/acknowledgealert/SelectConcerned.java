package dev.centime.budget.command.acknowledgealert;

import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** Whether there is such an alert, and whom it concerns. */
final class SelectConcerned {
    private static final String SQL =
            "SELECT subject FROM budget.alert WHERE partition = $1 AND organization = $2 AND alert_id = $3";

    private SelectConcerned() {}

    /** @param subject null for the organization */
    record Concerned(boolean found, @Nullable String subject) {}

    static Uni<Concerned> execute(SqlConnection connection, int partition, Caller caller, String alertId) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(partition, caller.organization(), alertId))
                .map(rows -> {
                    var row = rows.iterator();
                    return row.hasNext()
                            ? new Concerned(true, row.next().getString("subject"))
                            : new Concerned(false, null);
                });
    }
}
