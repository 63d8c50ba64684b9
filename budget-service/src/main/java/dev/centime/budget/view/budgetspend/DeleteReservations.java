package dev.centime.budget.view.budgetspend;

import dev.centime.budget.view.budgetspend.Reservations.Closed;
import dev.centime.budget.view.budgetspend.Reservations.Key;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reservations hold nothing any more. */
final class DeleteReservations {
    private static final String SQL = """
            DELETE FROM %s r USING unnest($2::text[], $3::text[], $4::text[]) AS c (organization, id, person)
            WHERE r.partition = $1 AND r.organization = c.organization AND r.reservation_id = c.id
                AND (c.person IS NULL OR coalesce(r.dimensions ->> 'user', c.person) = c.person)
            RETURNING r.organization, r.reservation_id
            """;

    private DeleteReservations() {}

    /** @return those that held something until now */
    static Uni<List<Key>> execute(View view, Set<Closed> closed) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("reservation")))
                .execute(Tuple.of(
                        view.partition(),
                        closed.stream().map(each -> each.key().organization()).toArray(String[]::new),
                        closed.stream().map(each -> each.key().id()).toArray(String[]::new),
                        closed.stream().map(Closed::person).toArray(String[]::new)))
                .map(rows -> {
                    var gone = new ArrayList<Key>(rows.size());
                    rows.forEach(row -> gone.add(new Key(row.getString(0), row.getString(1))));
                    return gone;
                });
    }
}
