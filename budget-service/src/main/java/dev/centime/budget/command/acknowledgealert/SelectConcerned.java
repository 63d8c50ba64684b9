package dev.centime.budget.command.acknowledgealert;

import dev.centime.budget.AboutIndividuals;
import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** Whether there is such an alert, and whom it concerns. */
final class SelectConcerned {
    private static final String SQL = "SELECT subject, " + AboutIndividuals.SQL
            + " AS individual FROM budget.alert WHERE partition = $1 AND organization = $2 AND alert_id = $3";

    private SelectConcerned() {}

    /**
     * What was found.
     *
     * @param subject null for the organization
     * @param individual whether it tells what single persons did, also where it is about several
     */
    record Concerned(boolean found, @Nullable String subject, boolean individual) {}

    static Uni<Concerned> execute(SqlConnection connection, int partition, Caller caller, String alertId) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(partition, caller.organization(), alertId))
                .map(rows -> {
                    var row = rows.iterator();
                    return row.hasNext() ? of(row.next()) : new Concerned(false, null, false);
                });
    }

    private static Concerned of(Row row) {
        return new Concerned(true, row.getString("subject"), row.getBoolean("individual"));
    }
}
