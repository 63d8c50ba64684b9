package dev.centime.ingest.view.sessions;

import dev.centime.contracts.SessionBudgetStated;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Map;

/** What files said that sessions may cost; the last word holds. */
final class KeepSessionBudgets {
    static final String TABLE = "session_budget";

    private static final String STATEMENT = "INSERT INTO %s (partition, organization, session, allocated)"
            + " SELECT $1, organization, session, allocated::numeric"
            + " FROM unnest($2::text[], $3::text[], $4::text[]) AS stated (organization, session, allocated)"
            + " ON CONFLICT (partition, organization, session) DO UPDATE SET allocated = excluded.allocated";

    private KeepSessionBudgets() {}

    /** @param last of each session */
    static Uni<Void> of(View view, Map<SessionKey, SessionBudgetStated> last) {
        if (last.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var tuple = Tuple.of(
                view.partition(),
                last.keySet().stream().map(SessionKey::organization).toArray(String[]::new),
                last.keySet().stream().map(SessionKey::session).toArray(String[]::new),
                last.values().stream()
                        .map(stated -> stated.allocated().toString())
                        .toArray(String[]::new));
        return view.connection()
                .preparedQuery(STATEMENT.formatted(view.table(TABLE)))
                .execute(tuple)
                .replaceWithVoid();
    }
}
