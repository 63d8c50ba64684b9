package dev.centime.budget;

import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a budget stands to one call, as people see it.
 *
 * @param scope of several persons only the one whose call it is, by name
 * @param session whose use it is; null unless the budget is for each session
 * @param limit US dollars in the window, with what was carried over and what an administrator added
 * @param blocksAt where calls are stopped; null when they are not
 * @param reserved held for calls under way
 * @param remaining the limit less spend and reservations
 * @param overage what was spent over the limit, by calls that could not be stopped
 * @param resetsAt when the window ends; null when it has no end
 */
@Schema(name = "LimitUse")
public record LimitUse(
        String budgetId,
        String name,
        Map<String, List<String>> scope,
        @Nullable String session,
        Window window,
        Money limit,
        @Nullable Money blocksAt,
        Money spent,
        Money reserved,
        Money remaining,
        Money overage,
        @Nullable Instant resetsAt) {

    /** @param user whose call it is, by name; null for nobody's */
    public static LimitUse of(BudgetUse use, @Nullable String user) {
        var scope = new TreeMap<>(use.scope());
        if (scope.remove("user") != null && user != null) {
            scope.put("user", List.of(user));
        }
        var over = use.spent().minus(use.limit());
        return new LimitUse(
                use.budgetId(),
                use.name(),
                scope,
                use.session(),
                use.window(),
                use.limit(),
                use.blocksAt(),
                use.spent(),
                use.reserved(),
                use.remaining(),
                over.isNegative() ? Money.ZERO : over,
                use.window().end());
    }

    /** As {@link #of(BudgetUse, String)}, of several. */
    public static List<LimitUse> of(List<BudgetUse> uses, @Nullable String user) {
        return uses.stream().map(use -> of(use, user)).toList();
    }
}
