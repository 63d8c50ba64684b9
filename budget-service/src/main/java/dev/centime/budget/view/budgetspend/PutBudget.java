package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;

/** Writes a budget as its newest event left it. */
final class PutBudget {
    private static final String SQL = """
            INSERT INTO %s AS budget (partition, organization, budget_id, revision, measured_since, definition, created_by, created_at, set_at)
            VALUES ($1, $2, $3, $4, $5, $6::text::jsonb, $7, $8, $9)
            ON CONFLICT (partition, organization, budget_id) DO UPDATE
            SET revision = EXCLUDED.revision,
                measured_since = EXCLUDED.measured_since,
                definition = EXCLUDED.definition,
                set_at = EXCLUDED.set_at,
                -- A person's limit that was deleted and is set again has its id again, but nothing of what was allowed beyond it.
                lift = CASE WHEN budget.deleted_at IS NULL THEN budget.lift END,
                deleted_at = NULL
            """;

    private PutBudget() {}

    static Uni<Void> execute(View view, StandingBudget budget) {
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addString(budget.organization())
                .addString(budget.budgetId())
                .addInteger(budget.revision())
                .addInteger(budget.measuredSince())
                .addString(BudgetRow.json(budget.definition()))
                .addString(budget.createdBy())
                .addOffsetDateTime(budget.createdAt().atOffset(ZoneOffset.UTC))
                .addOffsetDateTime(budget.setAt().atOffset(ZoneOffset.UTC));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(parameters)
                .replaceWithVoid();
    }
}
