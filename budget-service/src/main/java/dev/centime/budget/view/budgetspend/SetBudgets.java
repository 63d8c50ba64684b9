package dev.centime.budget.view.budgetspend;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.CarriedOver;
import dev.centime.budget.limit.Window;
import dev.centime.budget.view.budgetspend.Tally.SpendKey;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Budgets were created or changed: what counts against each is summed anew from the cells, so that calls made before count too. Many
 * at once, as when a view is rebuilt; each revision is looked at as if it had come alone.
 */
final class SetBudgets {
    private SetBudgets() {}

    /** Which budget of which organization. */
    record Key(String organization, String budgetId) {
        static Key of(StandingBudget budget) {
            return new Key(budget.organization(), budget.budgetId());
        }
    }

    /** @param events that set budgets, with no others between them */
    static Uni<Void> execute(View view, List<Event> events) {
        var keys = events.stream().map(SetBudgets::key).collect(Collectors.toSet());
        return SelectBudgetsBefore.execute(view, keys).chain(before -> {
            var revisions = revisions(events, before);
            var newest = new LinkedHashMap<Key, StandingBudget>();
            revisions.forEach(budget -> newest.put(Key.of(budget), budget));
            return PutBudgets.execute(view, newest.values())
                    .chain(() -> DeleteBudgetSpend.execute(view, before.keySet()))
                    .chain(() -> countAnew(view, revisions, newest));
        });
    }

    private static Key key(Event event) {
        return new Key(event.stored().organization(), ((BudgetSet) event.payload()).budgetId());
    }

    private static List<StandingBudget> revisions(List<Event> events, Map<Key, StandingBudget> before) {
        var standing = new HashMap<>(before);
        var revisions = new ArrayList<StandingBudget>();
        for (var event : events) {
            var budget = StandingBudget.after(standing.get(key(event)), (BudgetSet) event.payload(), event.stored());
            standing.put(key(event), budget);
            revisions.add(budget);
        }
        return revisions;
    }

    private static Uni<Void> countAnew(View view, List<StandingBudget> revisions, Map<Key, StandingBudget> newest) {
        var organizations = revisions.stream().map(StandingBudget::organization).collect(Collectors.toSet());
        return SelectSpenders.execute(view, organizations)
                .onItem()
                .transformToMulti(spenders -> Multi.createFrom()
                        .iterable(revisions)
                        .filter(budget -> spenders.contains(budget.organization())))
                .onItem()
                .transformToUniAndConcatenate(budget -> SelectSpentBefore.execute(view, budget)
                        .chain(sums -> write(view, budget, sums, budget.equals(newest.get(Key.of(budget))))))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @param stands whether no later revision takes its place at once */
    private static Uni<Void> write(View view, StandingBudget budget, Map<SpendKey, Amounts> sums, boolean stands) {
        if (sums.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var counted = stands
                ? UpsertBudgetSpend.execute(view, sums)
                : Uni.createFrom().voidItem();
        return counted.chain(() -> InsertCrossings.execute(view, crossings(budget, sums)));
    }

    /** Sessions are left out: those that lie behind are over, and one that goes on is looked at with its next call. */
    static Collection<Crossing> crossings(StandingBudget budget, Map<SpendKey, Amounts> sums) {
        var spends = new LinkedHashMap<Window, Money>();
        sums.forEach((key, amounts) -> {
            if (key.session().isEmpty()) {
                budget.periods()
                        .of(key.bucket(), budget.setAt())
                        .ifPresent(window -> spends.merge(window, amounts.spend(), Money::plus));
            }
        });
        return spends.keySet().stream()
                .max(Comparator.comparing(Window::start))
                .map(last -> crossings(budget, spends, last))
                .orElse(List.of());
    }

    private static Collection<Crossing> crossings(StandingBudget budget, Map<Window, Money> spends, Window last) {
        var carriedOver = new CarriedOver(
                last, budget.definition(), budget.periods(), earlier -> spends.getOrDefault(earlier, Money.ZERO));
        var crossings = new Crossings();
        spends.forEach((window, spend) -> {
            // One that was over was looked at while it ran, and then nobody may have wanted to be told.
            if (!window.endedBy(budget.setAt())) {
                var limit = budget.definition().totalLimit().plus(carriedOver.into(window));
                crossings.look(budget, window, "", limit, spend, budget.setAt());
            }
        });
        return crossings.all();
    }
}
