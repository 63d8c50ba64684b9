package dev.centime.budget.reaction;

import dev.centime.budget.BudgetRow;
import dev.centime.contracts.BudgetDefinition;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;

/** What a budget is, or was when it was deleted: the last messages about it still find their way. */
final class SelectDefinition {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS
            + " FROM budget.budget WHERE partition = $1 AND organization = $2 AND budget_id = $3";

    private SelectDefinition() {}

    static Uni<Optional<BudgetDefinition>> execute(Pool pool, int partition, String organization, String budgetId) {
        return pool.preparedQuery(SQL)
                .execute(Tuple.of(partition, organization, budgetId))
                .map(rows -> rows.iterator().hasNext()
                        ? Optional.of(BudgetRow.read(rows.iterator().next()).definition())
                        : Optional.empty());
    }
}
