package dev.centime.budget.view.budgetspend;

import dev.centime.budget.StoredAlert;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;

/** Notes thresholds as reached; one that was reached before in its window stays as it was. */
final class InsertCrossings {
    private static final String SQL = """
            INSERT INTO %s (partition, organization, alert_id, budget_id, alert, raised)
            SELECT $1, c.organization, c.alert_id, c.budget_id, c.alert::jsonb, false
            FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) AS c (organization, alert_id, budget_id, alert)
            ON CONFLICT (partition, organization, alert_id) DO NOTHING
            """;

    private InsertCrossings() {}

    static Uni<Void> execute(View view, Collection<Crossing> crossings) {
        if (crossings.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var parameters = Tuple.tuple()
                .addInteger(view.partition())
                .addArrayOfString(crossings.stream()
                        .map(each -> each.budget().organization())
                        .toArray(String[]::new))
                .addArrayOfString(crossings.stream().map(Crossing::alertId).toArray(String[]::new))
                .addArrayOfString(
                        crossings.stream().map(each -> each.budget().budgetId()).toArray(String[]::new))
                .addArrayOfString(crossings.stream()
                        .map(each -> StoredAlert.json(each.alert()))
                        .toArray(String[]::new));
        return view.connection()
                .preparedQuery(SQL.formatted(view.table("crossing")))
                .execute(parameters)
                .replaceWithVoid();
    }
}
