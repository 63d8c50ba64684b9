package dev.centime.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something needs a person's eye. Any service may raise one; budget-service owns what becomes of it.
 *
 * @param alertId derived from what caused it, so that the same cause raises it once
 * @param kind such as {@code budget-threshold}, {@code anomaly}, {@code waste}
 * @param severity info, warning or critical
 * @param title one line
 * @param message a few lines, no person's name
 * @param entity what it is about, as {@code budget/ID}
 * @param subject whom it concerns, null for the organization
 * @param details figures by name, as the kind defines them; null when there are none. Text under {@code channels} says by which channels
 *     it goes out, else the organization's settings do
 * @param link where more of it is to be seen, as a path from {@code /} on such as {@code /api/v1/costs/efficiency?days=30}; null for nowhere
 *     in particular, and in events from before there were links
 */
@StoredAs(name = "alert-raised")
public record AlertRaised(
        String alertId,
        String kind,
        String severity,
        String title,
        String message,
        String entity,
        @Nullable String subject,
        @Nullable JsonNode details,
        @Nullable String link,
        Instant raisedAt) {

    /** One that leads nowhere in particular. */
    public AlertRaised(
            String alertId,
            String kind,
            String severity,
            String title,
            String message,
            String entity,
            @Nullable String subject,
            @Nullable JsonNode details,
            Instant raisedAt) {
        this(alertId, kind, severity, title, message, entity, subject, details, null, raisedAt);
    }

    /**
     * Whether it tells what single persons did: it concerns one, or names a session, which is somebody's, or is about a budget of several
     * persons ({@code individual} in the details). Organizations that do not show individuals do not show it.
     */
    public boolean aboutIndividuals() {
        return subject != null
                || details != null
                        && (details.hasNonNull("session")
                                || "true".equals(details.path("individual").asText()));
    }
}
