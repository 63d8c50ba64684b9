package dev.centime.budget.view.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.AlertRaised;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert as people see it.
 *
 * @param organizationId whose it is
 * @param severity info, warning or critical
 * @param entity what it is about, as {@code budget/ID}
 * @param user whom it concerns, by name; null for the organization
 * @param details figures by name, as the kind defines them
 * @param link where more of it is to be seen, as a path; null for nowhere in particular
 */
public record Alert(
        String id,
        String organizationId,
        String kind,
        String severity,
        String title,
        String message,
        String entity,
        @Nullable String user,
        @Nullable JsonNode details,
        @Nullable String link,
        Instant raisedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy) {

    static Alert of(AlertRow row, @Nullable String user) {
        AlertRaised raised = row.raised();
        return new Alert(
                raised.alertId(),
                row.organization(),
                raised.kind(),
                raised.severity(),
                raised.title(),
                raised.message(),
                raised.entity(),
                user,
                raised.details(),
                raised.link(),
                raised.raisedAt(),
                row.acknowledgedAt(),
                row.acknowledgedBy());
    }
}
