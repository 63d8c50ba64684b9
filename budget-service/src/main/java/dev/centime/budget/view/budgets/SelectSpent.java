package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Window;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** What was spent against budgets, each in its own window; not for session budgets. */
final class SelectSpent {
    private static final String SQL = """
            SELECT w.budget_id, '' AS session, sum(s.spend) AS spend, sum(s.requests)::bigint AS requests,
                sum(s.unpriced)::bigint AS unpriced
            FROM unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                AS w (partition, organization, budget_id, from_bucket, to_bucket)
            JOIN budget.budget_spend s ON s.partition = w.partition AND s.organization = w.organization
                AND s.budget_id = w.budget_id AND s.session = '' AND s.bucket >= w.from_bucket
                AND (w.to_bucket IS NULL OR s.bucket < w.to_bucket)
            GROUP BY w.budget_id
            """;

    private SelectSpent() {}

    /** @return by budget id, without those of which nothing was */
    static Uni<Map<String, Spent>> execute(SqlConnection connection, Map<StandingBudget, Window> windows) {
        if (windows.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        var budgets = windows.keySet();
        var parameters = Tuple.tuple()
                .addArrayOfInteger(
                        budgets.stream().map(StandingBudget::partition).toArray(Integer[]::new))
                .addArrayOfString(
                        budgets.stream().map(StandingBudget::organization).toArray(String[]::new))
                .addArrayOfString(budgets.stream().map(StandingBudget::budgetId).toArray(String[]::new))
                .addArrayOfOffsetDateTime(windows.values().stream()
                        .map(window -> window.start().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addArrayOfOffsetDateTime(windows.values().stream()
                        .map(window ->
                                window.end() == null ? null : window.end().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
        return connection.preparedQuery(SQL).execute(parameters).map(rows -> {
            var spent = new HashMap<String, Spent>();
            rows.forEach(row -> spent.put(row.getString("budget_id"), Spent.read(row)));
            return spent;
        });
    }
}
