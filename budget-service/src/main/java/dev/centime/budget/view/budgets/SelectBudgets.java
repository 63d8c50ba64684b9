package dev.centime.budget.view.budgets;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The budgets of an organization, or one of them. */
final class SelectBudgets {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS + """
             FROM budget.budget
            WHERE partition = $1 AND organization = $2 AND deleted_at IS NULL AND ($3::text IS NULL OR budget_id = $3)
            """;

    private SelectBudgets() {}

    /** @param budgetId null for all */
    static Uni<List<StandingBudget>> execute(
            SqlConnection connection, int partition, String organization, @Nullable String budgetId) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(partition, organization, budgetId))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BudgetRow::read)
                        .toList());
    }
}
