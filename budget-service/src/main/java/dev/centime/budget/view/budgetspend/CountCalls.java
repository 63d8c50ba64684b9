package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Calls and corrections: into the cells, and against every budget that covers them. */
final class CountCalls {
    private CountCalls() {}

    static Uni<Void> execute(View view, List<Charge> charges) {
        return UpsertSpendCells.execute(view, charges)
                .chain(() -> SelectStandingBudgets.execute(view, charges))
                .map(budgets -> Tally.of(charges, budgets))
                .chain(tally -> tally.additions().isEmpty() ? Uni.createFrom().voidItem() : write(view, tally));
    }

    private static Uni<Void> write(View view, Tally tally) {
        return SelectWindowSpends.execute(view, tally.windows())
                .map(tally::crossings)
                .chain(crossings -> UpsertBudgetSpend.execute(view, tally.additions())
                        .chain(() -> InsertCrossings.execute(view, crossings)));
    }
}
