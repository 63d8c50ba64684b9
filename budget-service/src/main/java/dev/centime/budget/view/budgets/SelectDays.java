package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** What was spent against a budget on each day; days without a call are absent. */
final class SelectDays {
    private static final String SQL = """
            SELECT '' AS session, bucket, sum(spend) AS spend, sum(requests)::bigint AS requests, sum(unpriced)::bigint AS unpriced
            FROM budget.budget_spend
            WHERE partition = $1 AND organization = $2 AND budget_id = $3 AND bucket >= $4 AND bucket < $5
            GROUP BY bucket
            """;

    private SelectDays() {}

    static Uni<Map<LocalDate, Spent>> execute(
            SqlConnection connection, StandingBudget budget, Instant from, Instant until) {
        var parameters = Tuple.of(
                budget.partition(),
                budget.organization(),
                budget.budgetId(),
                from.atOffset(ZoneOffset.UTC),
                until.atOffset(ZoneOffset.UTC));
        return connection.preparedQuery(SQL).execute(parameters).map(rows -> {
            var days = new TreeMap<LocalDate, Spent>();
            rows.forEach(row -> days.merge(
                    budget.periods().dayOf(row.getOffsetDateTime("bucket").toInstant()), Spent.read(row), Spent::plus));
            return days;
        });
    }
}
