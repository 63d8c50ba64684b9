package dev.centime.budget.view.budgetspend;

import dev.centime.budget.view.budgetspend.SetBudgets.Key;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;

/** Forgets what counted against some budgets. */
final class DeleteBudgetSpend {
    private static final String SQL = """
            DELETE FROM %s s USING unnest($2::text[], $3::text[]) AS b (organization, budget_id)
            WHERE s.partition = $1 AND s.organization = b.organization AND s.budget_id = b.budget_id
            """;

    private DeleteBudgetSpend() {}

    static Uni<Void> execute(View view, Collection<Key> keys) {
        return keys.isEmpty()
                ? Uni.createFrom().voidItem()
                : view.connection()
                        .preparedQuery(SQL.formatted(view.table("budget_spend")))
                        .execute(Tuple.of(
                                view.partition(),
                                keys.stream().map(Key::organization).toArray(String[]::new),
                                keys.stream().map(Key::budgetId).toArray(String[]::new)))
                        .replaceWithVoid();
    }
}
