package dev.centime.budget.view.budgets;

import dev.centime.budget.UserLimits;
import dev.centime.budget.limit.AlertLevel;
import dev.centime.budget.view.budgets.BudgetsById.Stood;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How much of his limits a person has used; null where there is none. @param user by name */
@Schema(name = "UsedLimits")
public record UsedLimits(
        String user,
        @Nullable Used daily,
        @Nullable Used weekly,
        @Nullable Used monthly,

        @Schema(description = "US dollars for each session") @Nullable
        Money sessionLimit) {

    /**
     * A limit beside what was spent.
     *
     * @param limit US dollars in the window, with what an administrator added for now
     * @param reserved held for calls under way
     * @param remaining the limit less spend and reservations; below zero where they are more
     * @param utilization spend as a fraction of the limit
     * @param blocked whether calls are stopped
     * @param resetsAt when the window ends
     */
    @Schema(name = "UsedLimit")
    public record Used(
            String budgetId,
            Money limit,
            Money spent,
            Money reserved,
            Money remaining,
            double utilization,
            AlertLevel alertLevel,
            boolean blocked,
            @Nullable Instant resetsAt) {
        private static Used of(BudgetStatus status) {
            return new Used(
                    status.budgetId(),
                    status.totalLimit(),
                    status.currentSpend(),
                    status.reserved(),
                    status.remaining(),
                    status.utilization(),
                    status.alertLevel(),
                    status.blocked(),
                    status.window().end());
        }
    }

    /** @param subject null for someone of whom nothing is known @param stood by budget id */
    static UsedLimits of(String user, @Nullable String subject, Map<String, Stood> stood) {
        if (subject == null) {
            return new UsedLimits(user, null, null, null, null);
        }
        var session = stood.get(UserLimits.budgetId(subject, Type.SESSION));
        return new UsedLimits(
                user,
                used(subject, Type.DAILY, stood),
                used(subject, Type.WEEKLY, stood),
                used(subject, Type.MONTHLY, stood),
                session == null ? null : session.limit());
    }

    private static @Nullable Used used(String subject, Type period, Map<String, Stood> stood) {
        var budget = stood.get(UserLimits.budgetId(subject, period));
        return budget == null || budget.status() == null ? null : Used.of(budget.status());
    }
}
