package dev.centime.budget.view.budgetspend;

import dev.centime.contracts.AlertRaised;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The log holds the alerts of crossings: they are raised, and their budgets have so many more. Alerts of other causes change nothing. */
final class NoteAlerts {
    private static final String SQL = """
            WITH noted AS (
                UPDATE %s c SET raised = true
                FROM unnest($2::text[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS a (organization, alert_id, raised_at, nr)
                WHERE c.partition = $1 AND c.organization = a.organization AND c.alert_id = a.alert_id
                RETURNING c.organization, c.budget_id, a.raised_at, a.nr)
            UPDATE %s b SET last_alert_at = n.raised_at
            FROM (
                SELECT DISTINCT ON (organization, budget_id) organization, budget_id, raised_at FROM noted
                ORDER BY organization, budget_id, nr DESC) n
            WHERE b.partition = $1 AND b.organization = n.organization AND b.budget_id = n.budget_id
            """;

    private NoteAlerts() {}

    static Uni<Void> execute(View view, List<Event> raised) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("crossing"), view.table("budget")))
                .execute(Tuple.of(
                        view.partition(),
                        raised.stream()
                                .map(event -> event.stored().organization())
                                .toArray(String[]::new),
                        raised.stream().map(event -> alert(event).alertId()).toArray(String[]::new),
                        raised.stream()
                                .map(event -> alert(event).raisedAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new)))
                .replaceWithVoid();
    }

    private static AlertRaised alert(Event event) {
        return (AlertRaised) event.payload();
    }
}
