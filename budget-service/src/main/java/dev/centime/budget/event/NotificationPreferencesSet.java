package dev.centime.budget.event;

import dev.centime.budget.Severity;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to be told by mail from now on.
 *
 * @param subject who, as id
 * @param revision from 1
 * @param email id that stands for the address; null for the person's own name, where that is one
 * @param by who set it, as id
 */
@StoredAs(name = "notification-preferences-set")
public record NotificationPreferencesSet(
        String subject,
        int revision,
        boolean enabled,
        @Nullable String email,
        Severity minimumSeverity,
        String by,
        Instant at) {

    /** As they are until somebody sets them. */
    public static NotificationPreferencesSet usual(String subject) {
        return new NotificationPreferencesSet(subject, 0, true, null, Severity.INFO, "", Instant.EPOCH);
    }
}
