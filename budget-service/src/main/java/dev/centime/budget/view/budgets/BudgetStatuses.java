package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How budgets stand. Several statements, in a transaction that sees one moment: a reservation that is settled between two of them
 * would else be in both sums or in none.
 */
final class BudgetStatuses {
    private BudgetStatuses() {}

    /** By budget id; what is not there is nothing. */
    private record Used(Map<String, Spent> spent, Map<String, Money> reserved, Map<String, Money> carriedOver) {}

    /** In the order of the budgets. @param session of a session budget, null for the costliest */
    static Uni<List<BudgetStatus>> execute(
            SqlConnection connection, List<StandingBudget> budgets, @Nullable String session, Instant now) {
        var windows = new LinkedHashMap<StandingBudget, Window>();
        budgets.stream()
                .filter(budget -> !isForSessions(budget))
                .forEach(budget -> windows.put(budget, budget.periods().current(now)));
        return SelectSpent.execute(connection, windows)
                .chain(spent -> withSessions(connection, budgets, session, spent, now))
                .chain(spent -> used(connection, budgets, spent, now))
                .map(used -> budgets.stream()
                        .map(budget -> BudgetStatus.of(
                                budget,
                                budget.periods().current(now),
                                used.spent.getOrDefault(budget.budgetId(), Spent.NOTHING),
                                used.reserved.getOrDefault(budget.budgetId(), Money.ZERO),
                                used.carriedOver.getOrDefault(budget.budgetId(), Money.ZERO),
                                now))
                        .toList());
    }

    private static Uni<Used> used(
            SqlConnection connection, List<StandingBudget> budgets, Map<String, Spent> spent, Instant now) {
        var sessions = new HashMap<String, String>();
        budgets.stream()
                .filter(BudgetStatuses::isForSessions)
                .forEach(budget -> sessions.put(
                        budget.budgetId(),
                        spent.getOrDefault(budget.budgetId(), Spent.NOTHING).session()));
        return SelectReserved.execute(connection, budgets, sessions)
                .chain(reserved -> SelectCarriedOver.execute(connection, budgets, now)
                        .map(carried -> new Used(spent, reserved, carried)));
    }

    private static Uni<Map<String, Spent>> withSessions(
            SqlConnection connection,
            List<StandingBudget> budgets,
            @Nullable String session,
            Map<String, Spent> spent,
            Instant now) {
        Map<String, Spent> known = new HashMap<>(spent);
        var all = Uni.createFrom().voidItem();
        for (var budget : budgets) {
            if (isForSessions(budget)) {
                all = all.chain(() -> SelectSessionSpent.execute(connection, budget, session, now)
                        .invoke(one -> known.put(budget.budgetId(), one))
                        .replaceWithVoid());
            }
        }
        return all.replaceWith(known);
    }

    private static boolean isForSessions(StandingBudget budget) {
        return budget.definition().budgetType() == Type.SESSION;
    }
}
