package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.view.budgetspend.Tally.SpendKey;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;

/** What counts against a budget of all that was spent before it was set: the same as {@link Scope#covers}, over the cells. */
final class SelectSpentBefore {
    private static final String SQL = """
            SELECT bucket, CASE WHEN $5 THEN dimensions ->> 'session' ELSE '' END AS session,
                sum(spend) AS spend, sum(requests)::bigint AS requests, sum(unpriced)::bigint AS unpriced
            FROM %s
            WHERE partition = $1 AND organization = $2 AND bucket >= $3
                AND (NOT $5 OR dimensions ? 'session')
                AND NOT EXISTS (
                    SELECT FROM jsonb_each($4::text::jsonb) AS f (dimension, accepted)
                    WHERE coalesce(f.accepted ? (dimensions ->> f.dimension), false) IS FALSE)
            GROUP BY 1, 2
            ORDER BY 1, 2
            """;

    private SelectSpentBefore() {}

    static Uni<Map<SpendKey, Amounts>> execute(View view, StandingBudget budget) {
        var bySession = budget.definition().budgetType() == Type.SESSION;
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addString(budget.organization())
                .addOffsetDateTime(budget.periods().begin().atOffset(ZoneOffset.UTC))
                .addString(BudgetRow.json(budget.definition().scope()))
                .addBoolean(bySession);
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("spend_cell")))
                .execute(parameters)
                .map(rows -> byBucket(rows, budget));
    }

    /** The quarters of an hour go into local days here rather than in SQL, so that one set of zone rules holds. */
    private static Map<SpendKey, Amounts> byBucket(RowSet<Row> rows, StandingBudget budget) {
        var sums = new LinkedHashMap<SpendKey, Amounts>();
        rows.forEach(row -> {
            var key = new SpendKey(
                    budget.organization(),
                    budget.budgetId(),
                    row.getString("session"),
                    budget.periods().bucketOf(row.getOffsetDateTime("bucket").toInstant()));
            var amounts =
                    new Amounts(Money.of(row.getBigDecimal("spend")), row.getLong("requests"), row.getLong("unpriced"));
            sums.merge(key, amounts, Amounts::plus);
        });
        return sums;
    }
}
