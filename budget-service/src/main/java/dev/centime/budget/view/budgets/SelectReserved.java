package dev.centime.budget.view.budgets;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is held against budgets for calls under way: the same as {@code Call.isIn}, over the open reservations. */
final class SelectReserved {
    private static final String SQL = """
            SELECT b.budget_id, sum(r.amount) AS reserved
            FROM unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::text[])
                AS b (partition, organization, budget_id, scope, session)
            JOIN budget.reservation r ON r.partition = b.partition AND r.organization = b.organization
                AND (b.session IS NULL OR r.dimensions ->> 'session' = b.session)
                AND NOT EXISTS (
                    SELECT FROM jsonb_each(b.scope::jsonb) AS f (dimension, accepted)
                    WHERE coalesce(f.accepted ? (r.dimensions ->> f.dimension), false) IS FALSE
                        AND NOT (f.dimension = 'provider' AND r.dimensions ? 'model' AND NOT r.dimensions ? 'provider'))
            GROUP BY b.budget_id
            """;

    private SelectReserved() {}

    /**
     * @param sessions of session budgets, by budget id; a budget that is not for each session has none
     * @return by budget id, without those against which nothing is held
     */
    static Uni<Map<String, Money>> execute(
            SqlConnection connection, List<StandingBudget> budgets, Map<String, String> sessions) {
        var parameters = Tuple.tuple()
                .addArrayOfInteger(
                        budgets.stream().map(StandingBudget::partition).toArray(Integer[]::new))
                .addArrayOfString(
                        budgets.stream().map(StandingBudget::organization).toArray(String[]::new))
                .addArrayOfString(budgets.stream().map(StandingBudget::budgetId).toArray(String[]::new))
                .addArrayOfString(budgets.stream()
                        .map(budget -> BudgetRow.json(budget.definition().scope()))
                        .toArray(String[]::new))
                .addArrayOfString(budgets.stream()
                        .map(budget -> session(sessions, budget))
                        .toArray(String[]::new));
        return connection.preparedQuery(SQL).execute(parameters).map(rows -> {
            var reserved = new HashMap<String, Money>();
            rows.forEach(row -> reserved.put(row.getString("budget_id"), Money.of(row.getBigDecimal("reserved"))));
            return reserved;
        });
    }

    private static @Nullable String session(Map<String, String> sessions, StandingBudget budget) {
        return sessions.get(budget.budgetId());
    }
}
