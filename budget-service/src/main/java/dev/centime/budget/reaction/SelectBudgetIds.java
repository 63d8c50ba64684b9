package dev.centime.budget.reaction;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/** The budgets that stand in an organization. */
final class SelectBudgetIds {
    private static final String SQL = """
            SELECT budget_id FROM budget.budget
            WHERE partition = $1 AND organization = $2 AND deleted_at IS NULL
            ORDER BY budget_id
            """;

    private SelectBudgetIds() {}

    static Uni<List<String>> execute(Pool pool, int partition, String organization) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.of(partition, organization))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("budget_id"))
                        .toList());
    }
}
