package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.view.budgetspend.SetBudgets.Key;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Some budgets as they are, also deleted ones; those that never were are absent. */
final class SelectBudgetsBefore {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS + " FROM %s WHERE partition = $1"
            + " AND (organization, budget_id) IN (SELECT * FROM unnest($2::text[], $3::text[]))";

    private SelectBudgetsBefore() {}

    static Uni<Map<Key, StandingBudget>> execute(View view, Collection<Key> keys) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(Tuple.of(
                        view.partition(),
                        keys.stream().map(Key::organization).toArray(String[]::new),
                        keys.stream().map(Key::budgetId).toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BudgetRow::read)
                        .collect(Collectors.toMap(Key::of, budget -> budget)));
    }
}
