package dev.centime.budget.view.budgets;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The budgets of an organization or of all, or one of them. */
final class SelectBudgets {
    private static final String ALL = "SELECT " + BudgetRow.COLUMNS
            + " FROM budget.budget WHERE deleted_at IS NULL AND ($1::text IS NULL OR budget_id = $1)";
    private static final String OF_ONE = ALL + " AND partition = $2 AND organization = $3";

    private SelectBudgets() {}

    /** @param budgetId null for every one */
    static Uni<List<StandingBudget>> execute(SqlConnection connection, Tenancy tenancy, @Nullable String budgetId) {
        var selected = tenancy.partition() == null
                ? connection.preparedQuery(ALL).execute(Tuple.of(budgetId))
                : connection
                        .preparedQuery(OF_ONE)
                        .execute(Tuple.of(budgetId, tenancy.partition(), tenancy.organization()));
        return selected.map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(BudgetRow::read)
                .toList());
    }
}
