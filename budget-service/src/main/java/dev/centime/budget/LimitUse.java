package dev.centime.budget;

import dev.centime.budget.CallOf.Asked;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.kit.Individuals;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How a budget stands to one call, as people see it. Whoever asks with his own key gets the amounts of budgets that are about him
 * alone; of the others he learns which they are, whether they stop him and until when. So does an administrator of budgets about
 * individuals, where the organization does not show what they did.
 *
 * @param scope of several persons only the one whose call it is, by name
 * @param session whose use it is; null unless the budget is for each session
 * @param limit US dollars in the window, with what was carried over and what an administrator added; null, as all amounts, where
 *     they are not his to know
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
        @Nullable Money limit,
        @Nullable Money blocksAt,
        @Nullable Money spent,
        @Nullable Money reserved,
        @Nullable Money remaining,
        @Nullable Money overage,
        @Nullable Instant resetsAt) {
    private static final String USER = "user";

    /** @param asked whose call it is, and who wants to know */
    public static LimitUse of(BudgetUse use, Asked asked) {
        var user = asked.user();
        var scope = new TreeMap<>(use.scope());
        var persons = scope.remove(USER);
        if (persons != null && user != null) {
            scope.put(USER, List.of(user));
        }
        var tells = asked.byHimself() ? persons != null && persons.size() == 1 : !isHidden(use, asked);
        var over = use.spent().minus(use.limit());
        return new LimitUse(
                use.budgetId(),
                use.name(),
                scope,
                use.session(),
                use.window(),
                tells ? use.limit() : null,
                tells ? use.blocksAt() : null,
                tells ? use.spent() : null,
                tells ? use.reserved() : null,
                tells ? use.remaining() : null,
                tells ? (over.isNegative() ? Money.ZERO : over) : null,
                use.window().end());
    }

    private static boolean isHidden(BudgetUse use, Asked asked) {
        return asked.individualsHidden() && (use.session() != null || Individuals.in(new Scope(use.scope())));
    }

    /** As {@link #of(BudgetUse, Asked)}, of several. */
    public static List<LimitUse> of(List<BudgetUse> uses, Asked asked) {
        return uses.stream().map(use -> of(use, asked)).toList();
    }
}
