package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The limits of a person as people see them; null where there is none. @param user by name */
@Schema(name = "UserLimits")
public record UserLimitsAnswer(
        @Nullable String user,
        @Nullable Money dailyLimit,
        @Nullable Money weeklyLimit,
        @Nullable Money monthlyLimit,
        @Nullable Money sessionLimit,
        boolean emailAlerts) {
    public static UserLimitsAnswer of(String user, UserLimits limits) {
        return new UserLimitsAnswer(
                user,
                limits.limit(Type.DAILY).orElse(null),
                limits.limit(Type.WEEKLY).orElse(null),
                limits.limit(Type.MONTHLY).orElse(null),
                limits.limit(Type.SESSION).orElse(null),
                limits.emailAlerts());
    }
}
