package dev.centime.budget.view.budgetspend;

import dev.centime.budget.view.budgetspend.Reservations.Key;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Set;

/** Reservations hold nothing any more. */
final class DeleteReservations {
    private static final String SQL = """
            DELETE FROM %s r USING unnest($2::text[], $3::text[]) AS c (organization, id)
            WHERE r.partition = $1 AND r.organization = c.organization AND r.reservation_id = c.id
            """;

    private DeleteReservations() {}

    static Uni<Void> execute(View view, Set<Key> closed) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("reservation")))
                .execute(Tuple.of(
                        view.partition(),
                        closed.stream().map(Key::organization).toArray(String[]::new),
                        closed.stream().map(Key::id).toArray(String[]::new)))
                .replaceWithVoid();
    }
}
