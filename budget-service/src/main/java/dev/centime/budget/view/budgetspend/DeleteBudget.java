package dev.centime.budget.view.budgetspend;

import dev.centime.contracts.BudgetDeleted;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;

/** A budget counts no longer; what it counted stays. */
final class DeleteBudget {
    private static final String SQL = """
            UPDATE %s SET deleted_at = $4, revision = $5
            WHERE partition = $1 AND organization = $2 AND budget_id = $3
            """;

    private DeleteBudget() {}

    static Uni<Void> execute(View view, StoredEvent stored, BudgetDeleted event) {
        var parameters = Tuple.of(
                view.partition(),
                stored.organization(),
                event.budgetId(),
                stored.recordedAt().atOffset(ZoneOffset.UTC),
                event.revision());
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("budget")))
                .execute(parameters)
                .replaceWithVoid();
    }
}
