package dev.centime.budget.view.alerts;

import dev.centime.budget.StoredAlert;
import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.report.ReportTimers;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** Every alert of any cause, and who has seen to it; and when reports are due. All of these are few: one statement each. */
@ApplicationScoped
public class Alerts implements Projection {
    private static final String RAISED = """
            INSERT INTO %s (partition, organization, alert_id, raised_at, severity, kind, entity, subject, alert)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::jsonb)
            ON CONFLICT (partition, organization, alert_id) DO NOTHING
            """;
    private static final String ACKNOWLEDGED = """
            UPDATE %s SET acknowledged_at = $4, acknowledged_by = $5
            WHERE partition = $1 AND organization = $2 AND alert_id = $3 AND acknowledged_at IS NULL
            """;

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public List<String> tables() {
        return List.of("alert");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(AlertRaised.class, AlertAcknowledged.class, AlertSettingsSet.class, WeeklyReportDue.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> apply(view, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> apply(View view, Event event) {
        return switch (event.payload()) {
            case AlertRaised raised -> raised(view, event.stored(), raised);
            case AlertAcknowledged acknowledged -> acknowledged(view, event.stored(), acknowledged);
            case AlertSettingsSet set -> ReportTimers.fold(view, event.stored(), set);
            case WeeklyReportDue due -> ReportTimers.fold(view, event.stored(), due);
            default ->
                throw new IllegalArgumentException("not read: " + event.stored().type());
        };
    }

    private static Uni<Void> raised(View view, StoredEvent stored, AlertRaised alert) {
        return view.connection()
                .preparedQuery(RAISED.formatted(view.table("alert")))
                .execute(Tuple.tuple()
                        .addInteger(view.partition())
                        .addString(stored.organization())
                        .addString(alert.alertId())
                        .addOffsetDateTime(alert.raisedAt().atOffset(ZoneOffset.UTC))
                        .addString(alert.severity())
                        .addString(alert.kind())
                        .addString(alert.entity())
                        .addString(alert.subject())
                        .addString(StoredAlert.json(alert)))
                .replaceWithVoid();
    }

    private static Uni<Void> acknowledged(View view, StoredEvent stored, AlertAcknowledged event) {
        return view.connection()
                .preparedQuery(ACKNOWLEDGED.formatted(view.table("alert")))
                .execute(Tuple.of(
                        view.partition(),
                        stored.organization(),
                        event.alertId(),
                        event.at().atOffset(ZoneOffset.UTC),
                        event.by()))
                .replaceWithVoid();
    }
}
