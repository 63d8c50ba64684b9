package dev.centime.budget.view.budgetspend;

import dev.centime.contracts.AlertRaised;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;

/** The log holds the alert of a crossing: it is raised, and its budget has one more. Alerts of other causes change nothing. */
final class NoteAlert {
    private static final String SQL = """
            WITH noted AS (
                UPDATE %s SET raised = true WHERE partition = $1 AND organization = $2 AND alert_id = $3
                RETURNING partition, organization, budget_id)
            UPDATE %s b SET last_alert_at = $4
            FROM noted n
            WHERE b.partition = n.partition AND b.organization = n.organization AND b.budget_id = n.budget_id
            """;

    private NoteAlert() {}

    static Uni<Void> execute(View view, StoredEvent stored, AlertRaised alert) {
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("crossing"), view.table("budget")))
                .execute(Tuple.of(
                        view.partition(),
                        stored.organization(),
                        alert.alertId(),
                        alert.raisedAt().atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
