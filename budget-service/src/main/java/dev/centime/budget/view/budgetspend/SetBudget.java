package dev.centime.budget.view.budgetspend;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.CarriedOver;
import dev.centime.budget.limit.Window;
import dev.centime.budget.view.budgetspend.Tally.SpendKey;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A budget was created or changed: what counts against it is summed anew from the cells, so that calls made before count too. */
final class SetBudget {
    private static final String BEFORE =
            "SELECT " + BudgetRow.COLUMNS + " FROM %s WHERE partition = $1 AND organization = $2 AND budget_id = $3";
    private static final String CLEAR = "DELETE FROM %s WHERE partition = $1 AND organization = $2 AND budget_id = $3";

    private SetBudget() {}

    static Uni<Void> execute(View view, StoredEvent stored, BudgetSet event) {
        var key = Tuple.of(view.partition(), stored.organization(), event.budgetId());
        return before(view, key)
                .map(before -> StandingBudget.after(before, event, stored))
                .chain(budget -> PutBudget.execute(view, budget)
                        .chain(() -> clear(view, key))
                        .chain(() -> SelectSpentBefore.execute(view, budget))
                        .chain(sums -> write(view, budget, sums)));
    }

    private static Uni<@Nullable StandingBudget> before(View view, Tuple key) {
        return view.connection()
                .preparedQuery(BEFORE.formatted(view.table("budget")))
                .execute(key)
                .map(rows -> rows.rowCount() == 0
                        ? null
                        : BudgetRow.read(rows.iterator().next()));
    }

    private static Uni<Void> clear(View view, Tuple key) {
        return view.connection()
                .preparedQuery(CLEAR.formatted(view.table("budget_spend")))
                .execute(key)
                .replaceWithVoid();
    }

    private static Uni<Void> write(View view, StandingBudget budget, Map<SpendKey, Amounts> sums) {
        return sums.isEmpty()
                ? Uni.createFrom().voidItem()
                : UpsertBudgetSpend.execute(view, sums)
                        .chain(() -> InsertCrossings.execute(view, crossings(budget, sums)));
    }

    /** Sessions are left out: those that lie behind are over, and one that goes on is looked at with its next call. */
    private static Collection<Crossing> crossings(StandingBudget budget, Map<SpendKey, Amounts> sums) {
        var spends = new LinkedHashMap<Window, Money>();
        sums.forEach((key, amounts) -> {
            if (key.session().isEmpty()) {
                budget.periods()
                        .of(key.bucket(), budget.setAt())
                        .ifPresent(window -> spends.merge(window, amounts.spend(), Money::plus));
            }
        });
        var crossings = new Crossings();
        spends.forEach((window, spend) -> {
            var carried = CarriedOver.into(
                    window, budget.definition(), budget.periods(), earlier -> spends.getOrDefault(earlier, Money.ZERO));
            var limit = budget.definition().totalLimit().plus(carried);
            crossings.look(budget, window, "", limit, spend, budget.setAt());
        });
        return crossings.all();
    }
}
