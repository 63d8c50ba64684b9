package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.event.LimitLifted;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import org.jspecify.annotations.Nullable;

/** What is let beyond a limit. */
final class UpdateLift {
    private static final String SQL = """
            UPDATE %s SET lift = $4::text::jsonb WHERE partition = $1 AND organization = $2 AND budget_id = $3
            """;

    private UpdateLift() {}

    /** @param lifted null for nothing any more */
    static Uni<Void> execute(View view, StoredEvent stored, String budgetId, @Nullable LimitLifted lifted) {
        var json = lifted == null ? null : BudgetRow.json(lifted);
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(Tuple.of(view.partition(), stored.organization(), budgetId, json))
                .replaceWithVoid();
    }
}
