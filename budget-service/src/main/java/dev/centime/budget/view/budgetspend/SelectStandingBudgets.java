package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.Charge;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Call;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The budgets that cover some calls, by organization; always in the same order. Most of an organization's cover other calls, so that
 * whether one does is looked at before the rest of it is read.
 */
final class SelectStandingBudgets {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS + ", " + BudgetRow.SCOPE
            + " FROM %s WHERE partition = $1 AND organization = ANY ($2) AND deleted_at IS NULL ORDER BY budget_id";

    private SelectStandingBudgets() {}

    static Uni<Map<String, List<StandingBudget>>> execute(View view, Collection<Charge> charges) {
        Map<String, Set<Call>> calls = charges.stream()
                .collect(Collectors.groupingBy(
                        Charge::organization, Collectors.mapping(Charge::call, Collectors.toSet())));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(Tuple.of(view.partition(), calls.keySet().toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .filter(row -> {
                            var scope = BudgetRow.scope(row);
                            return calls.getOrDefault(row.getString("organization"), Set.of()).stream()
                                    .anyMatch(call -> call.isIn(scope));
                        })
                        .map(BudgetRow::read)
                        .collect(Collectors.groupingBy(StandingBudget::organization)));
    }
}
