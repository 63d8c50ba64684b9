package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What one session spent under a session budget: the one asked for, else the costliest of those that are going on today. */
final class SelectSessionSpent {
    private static final String SQL = """
            SELECT session, sum(spend) AS spend, sum(requests)::bigint AS requests, sum(unpriced)::bigint AS unpriced
            FROM budget.budget_spend s
            WHERE partition = $1 AND organization = $2 AND budget_id = $3
                AND CASE WHEN $4::text IS NOT NULL THEN session = $4
                    ELSE EXISTS (SELECT FROM budget.budget_spend t
                        WHERE t.partition = $1 AND t.organization = $2 AND t.budget_id = $3 AND t.session = s.session
                            AND t.bucket >= $5) END
            GROUP BY session
            ORDER BY sum(spend) DESC, session
            LIMIT 1
            """;

    private SelectSessionSpent() {}

    static Uni<Spent> execute(SqlConnection connection, StandingBudget budget, @Nullable String session, Instant now) {
        var today = budget.periods().bucketOf(now).atOffset(ZoneOffset.UTC);
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(budget.partition(), budget.organization(), budget.budgetId(), session, today))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Spent::read)
                        .findFirst()
                        .orElse(session == null ? Spent.NOTHING : Spent.NOTHING.of(session)));
    }
}
