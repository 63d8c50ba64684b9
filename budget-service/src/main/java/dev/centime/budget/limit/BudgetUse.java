package dev.centime.budget.limit;

import dev.centime.contracts.Money;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of a budget is used in the window at hand.
 *
 * @param scope values by dimension, persons by id
 * @param session whose use it is; null unless the budget is for each session
 * @param limit US dollars in this window, with what was carried over and what an administrator added
 * @param blocksAt where calls are stopped; null when they are not
 * @param spent by calls that are on record
 * @param reserved held for calls under way
 * @param admitsWhenStale whether it lets calls go on while nobody knows what was spent
 */
public record BudgetUse(
        String budgetId,
        String name,
        Map<String, List<String>> scope,
        @Nullable String session,
        Window window,
        Money limit,
        @Nullable Money blocksAt,
        Money spent,
        Money reserved,
        boolean admitsWhenStale) {

    public BudgetUse {
        //noinspection ConstantValue: absent in JSON when empty
        scope = scope == null ? Map.of() : Map.copyOf(scope);
    }

    /** Whether it stops a call of that cost: for want of room, or since nothing is left even for a call of no cost. */
    public boolean stops(Money cost) {
        if (blocksAt == null) {
            return false;
        }
        var used = spent.plus(reserved);
        return used.compareTo(blocksAt) >= 0 || used.plus(cost).compareTo(blocksAt) > 0;
    }

    /** Whether it refuses what nobody can decide well enough. */
    public boolean mustBeKnown() {
        return blocksAt != null && !admitsWhenStale;
    }

    /** The same with more held. */
    public BudgetUse holding(Money more) {
        return new BudgetUse(
                budgetId, name, scope, session, window, limit, blocksAt, spent, reserved.plus(more), admitsWhenStale);
    }

    /** Below zero where more is used than the limit. */
    public Money remaining() {
        return limit.minus(spent).minus(reserved);
    }
}
