package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.AlertLevel;
import dev.centime.budget.limit.BurnRate;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.Money;
import java.math.MathContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a budget stands.
 *
 * @param session whose spend it is, null unless the budget is for each session
 * @param totalLimit US dollars in the window, with what was carried over and what an administrator added for now
 * @param carriedOver left from the windows before
 * @param currentSpend in the window, of all calls whose cost is known
 * @param reserved held for calls under way
 * @param remaining the limit less spend and reservations; below zero where they are more
 * @param overage spend over the limit: of calls that reserved nothing, cost more than was reserved, or came late
 * @param utilization spend as a fraction of the limit
 * @param blocked whether calls are to be stopped
 * @param daysRemaining of the window, today included; null where it has no end
 * @param exhaustionAtRate when the limit is used up if spending goes on as in this window so far; null when not within the window
 * @param requests calls counted
 * @param unpricedRequests those of them whose cost is not known, and so not in the spend
 */
public record BudgetStatus(
        String budgetId,
        @Nullable String session,
        Money totalLimit,
        Money carriedOver,
        Money currentSpend,
        Money reserved,
        Money remaining,
        Money overage,
        double utilization,
        AlertLevel alertLevel,
        boolean blocked,
        @Nullable Long daysRemaining,
        @Nullable Instant exhaustionAtRate,
        Window window,
        long requests,
        long unpricedRequests,
        Instant asOf) {

    /** @param session empty unless the budget is for each session */
    static BudgetStatus of(
            StandingBudget budget, Window window, Spent spent, Money reserved, Money carriedOver, Instant now) {
        var definition = budget.definition();
        var lift = budget.lift();
        var lifted = lift != null && lift.holds(now);
        var additional = lift != null && lifted ? lift.additional() : null;
        var limit = definition.totalLimit().plus(carriedOver).plus(additional == null ? Money.ZERO : additional);
        var spend = spent.spend();
        return new BudgetStatus(
                budget.budgetId(),
                spent.session().isEmpty() ? null : spent.session(),
                limit,
                carriedOver,
                spend,
                reserved,
                limit.minus(spend).minus(reserved),
                spend.compareTo(limit) > 0 ? spend.minus(limit) : Money.ZERO,
                spend.amount().divide(limit.amount(), MathContext.DECIMAL64).doubleValue(),
                AlertLevel.of(definition.thresholds(), limit, spend),
                definition.active()
                        && (!lifted || additional != null)
                        && AlertLevel.blocks(definition.thresholds(), limit, spend.plus(reserved)),
                budget.periods().daysRemaining(window, now),
                BurnRate.exhaustion(window, limit, spend, now).orElse(null),
                window,
                spent.requests(),
                spent.unpriced(),
                now);
    }
}
