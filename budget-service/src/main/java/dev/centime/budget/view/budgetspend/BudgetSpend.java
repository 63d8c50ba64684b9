package dev.centime.budget.view.budgetspend;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The budgets, what was spent against each, and which thresholds that reached. Calls move the period they were made in,
 * however late the log learns of them, of their price or of how large they were.
 */
@ApplicationScoped
public class BudgetSpend implements Projection {
    public static final String NAME = "budget-spend";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> tables() {
        return List.of("budget", "spend_cell", "budget_spend", "crossing");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(
                UsageRecorded.class,
                UsageRepriced.class,
                UsageCorrected.class,
                BudgetSet.class,
                BudgetDeleted.class,
                AlertRaised.class);
    }

    /** Calls are folded in as sets, as far as no other event stands between them. */
    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var done = Uni.createFrom().voidItem();
        var calls = new ArrayList<Charge>();
        for (var event : page) {
            switch (event.payload()) {
                case UsageRecorded _, UsageRepriced _, UsageCorrected _ -> calls.add(Charge.of(event));
                case Object other -> {
                    done = thenCount(done, view, List.copyOf(calls));
                    calls.clear();
                    done = done.chain(() -> fold(view, event, other));
                }
            }
        }
        return thenCount(done, view, calls);
    }

    private static Uni<Void> thenCount(Uni<Void> done, View view, List<Charge> calls) {
        return calls.isEmpty() ? done : done.chain(() -> CountCalls.execute(view, calls));
    }

    private static Uni<Void> fold(View view, Event event, Object payload) {
        return switch (payload) {
            case BudgetSet set -> SetBudget.execute(view, event.stored(), set);
            case BudgetDeleted deleted -> DeleteBudget.execute(view, event.stored(), deleted);
            case AlertRaised raised -> NoteAlert.execute(view, event.stored(), raised);
            default ->
                throw new IllegalArgumentException("not read: " + event.stored().type());
        };
    }
}
