package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The budgets of some organizations, by organization; always in the same order. */
final class SelectStandingBudgets {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS
            + " FROM %s WHERE partition = $1 AND organization = ANY ($2) AND deleted_at IS NULL ORDER BY budget_id";

    private SelectStandingBudgets() {}

    static Uni<Map<String, List<StandingBudget>>> execute(View view, Set<String> organizations) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(Tuple.of(view.partition(), organizations.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BudgetRow::read)
                        .collect(Collectors.groupingBy(StandingBudget::organization)));
    }
}
