package dev.centime.budget;

import dev.centime.budget.event.NotificationPreferencesSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants to be told by mail, as he sees and sets it.
 *
 * @param user by name
 * @param revision what the ETag says, 0 when nobody has set them
 * @param email where to; null when none is known
 */
@Schema(name = "NotificationPreferences")
public record NotificationPreferences(
        @Schema(readOnly = true) String user,
        @Schema(readOnly = true) int revision,
        boolean enabled,

        @Schema(description = "The person's name unless set, where that is an address") @Nullable
        String email,

        Severity minimumSeverity) {

    public static NotificationPreferences of(String user, NotificationPreferencesSet set, @Nullable String email) {
        return new NotificationPreferences(user, set.revision(), set.enabled(), email, set.minimumSeverity());
    }
}
