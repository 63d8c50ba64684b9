package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.function.Function;

/** Writes budgets as their newest events left them. */
final class PutBudgets {
    private static final String SQL = """
            INSERT INTO %s AS budget (partition, organization, budget_id, revision, measured_since, measured_at, definition, created_by, created_at, set_at)
            SELECT $1, b.organization, b.budget_id, b.revision, b.measured_since, b.measured_at, b.definition::jsonb, b.created_by, b.created_at, b.set_at
            FROM unnest($2::text[], $3::text[], $4::int[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[])
                AS b (organization, budget_id, revision, measured_since, measured_at, definition, created_by, created_at, set_at)
            ON CONFLICT (partition, organization, budget_id) DO UPDATE
            SET revision = EXCLUDED.revision,
                measured_since = EXCLUDED.measured_since,
                measured_at = EXCLUDED.measured_at,
                definition = EXCLUDED.definition,
                set_at = EXCLUDED.set_at,
                -- A person's limit that was deleted and is set again has its id again, but nothing of what was allowed beyond it.
                lift = CASE WHEN budget.deleted_at IS NULL THEN budget.lift END,
                deleted_at = NULL
            """;

    private PutBudgets() {}

    /** @param budgets each once */
    static Uni<Void> execute(View view, Collection<StandingBudget> budgets) {
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(texts(budgets, StandingBudget::organization))
                .addArrayOfString(texts(budgets, StandingBudget::budgetId))
                .addArrayOfInteger(numbers(budgets, StandingBudget::revision))
                .addArrayOfInteger(numbers(budgets, StandingBudget::measuredSince))
                .addArrayOfOffsetDateTime(times(budgets, StandingBudget::measuredAt))
                .addArrayOfString(texts(budgets, budget -> BudgetRow.json(budget.definition())))
                .addArrayOfString(texts(budgets, StandingBudget::createdBy))
                .addArrayOfOffsetDateTime(times(budgets, StandingBudget::createdAt))
                .addArrayOfOffsetDateTime(times(budgets, StandingBudget::setAt));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(parameters)
                .replaceWithVoid();
    }

    private static String[] texts(Collection<StandingBudget> budgets, Function<StandingBudget, String> of) {
        return budgets.stream().map(of).toArray(String[]::new);
    }

    private static Integer[] numbers(Collection<StandingBudget> budgets, Function<StandingBudget, Integer> of) {
        return budgets.stream().map(of).toArray(Integer[]::new);
    }

    private static OffsetDateTime[] times(Collection<StandingBudget> budgets, Function<StandingBudget, Instant> of) {
        return budgets.stream()
                .map(budget -> of.apply(budget).atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
