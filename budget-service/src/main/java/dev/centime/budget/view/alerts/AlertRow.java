package dev.centime.budget.view.alerts;

import dev.centime.budget.StoredAlert;
import dev.centime.contracts.AlertRaised;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A row of the table {@code alert}. */
record AlertRow(
        String organization,
        AlertRaised raised,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy) {
    static AlertRow read(Row row) {
        var acknowledged = row.getOffsetDateTime("acknowledged_at");
        return new AlertRow(
                row.getString("organization"),
                StoredAlert.read(row.getString("alert")),
                acknowledged == null ? null : acknowledged.toInstant(),
                row.getString("acknowledged_by"));
    }
}
