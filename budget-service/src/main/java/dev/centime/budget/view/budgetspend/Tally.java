package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.CarriedOver;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of some charges count against which budgets, and where. Pure; the tables are read before and written after. */
final class Tally {
    private final List<Counted> counted = new ArrayList<>();
    private final Map<SpendKey, Amounts> additions = new LinkedHashMap<>();
    private final Map<Account, Set<Window>> windows = new LinkedHashMap<>();

    /** Where an amount is added. */
    record SpendKey(String organization, String budgetId, String session, Instant bucket) {}

    /** Whose spend: a budget's, or that of one session under it. */
    record Account(String organization, String budgetId, String session) {}

    /** A window of an account. */
    record WindowKey(Account account, Window window) {}

    /** @param window that the call itself falls in; null for one that a rolling window does not reach now, or one too late */
    private record Counted(
            Charge charge,
            StandingBudget budget,
            Account account,
            @Nullable Window window) {}

    /** @param budgets that stand, by organization */
    static Tally of(List<Charge> charges, Map<String, List<StandingBudget>> budgets) {
        var tally = new Tally();
        for (var charge : charges) {
            for (var budget : budgets.getOrDefault(charge.organization(), List.of())) {
                tally.count(charge, budget);
            }
        }
        return tally;
    }

    private void count(Charge charge, StandingBudget budget) {
        var definition = budget.definition();
        var bySession = definition.budgetType() == Type.SESSION;
        if (charge.at().isBefore(budget.periods().begin())
                || bySession && charge.call().session().isEmpty()
                || !charge.call().isIn(definition.scope())) {
            return;
        }
        var account = new Account(
                budget.organization(),
                budget.budgetId(),
                bySession ? charge.call().session() : "");
        var key = new SpendKey(
                account.organization(),
                account.budgetId(),
                account.session(),
                budget.periods().bucketOf(charge.at()));
        additions.merge(key, Amounts.of(charge), Amounts::plus);
        var window = budget.periods().of(charge.at(), charge.learnedAt()).orElse(null);
        counted.add(new Counted(charge, budget, account, window));
        if (window != null) {
            var known = windows.computeIfAbsent(account, any -> new LinkedHashSet<>());
            if (known.add(window)) {
                known.addAll(CarriedOver.windowsBefore(window, definition, budget.periods()));
            }
        }
    }

    Map<SpendKey, Amounts> additions() {
        return additions;
    }

    /** The windows whose spend before these charges must be known. */
    List<WindowKey> windows() {
        return windows.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream().map(window -> new WindowKey(entry.getKey(), window)))
                .toList();
    }

    /**
     * Goes through the charges in order, so that it does not matter how the log was cut into pages.
     *
     * @param before the spend of each window before the first charge; absent for none
     */
    Collection<Crossing> crossings(Map<WindowKey, Money> before) {
        var spends = new LinkedHashMap<>(before);
        var limits = new HashMap<WindowKey, Money>();
        var crossings = new Crossings();
        for (var each : counted) {
            // A call lies in one calendar window, but in every rolling window of these that reaches back to it.
            for (var window : windows.getOrDefault(each.account, Set.of())) {
                if (window.contains(each.charge.at())) {
                    spends.merge(new WindowKey(each.account, window), each.charge.spend(), Money::plus);
                }
            }
            if (each.window != null) {
                var key = new WindowKey(each.account, each.window);
                // What is left of this window changes what later ones carry over.
                limits.keySet().removeIf(known -> isLater(known, key));
                var limit = limits.computeIfAbsent(key, any -> limit(each, each.window, spends));
                var spend = spends.getOrDefault(key, Money.ZERO);
                crossings.look(each.budget, each.window, each.account.session(), limit, spend, each.charge.learnedAt());
            }
        }
        return crossings.all();
    }

    private static boolean isLater(WindowKey known, WindowKey changed) {
        return known.account.equals(changed.account) && known.window.start().isAfter(changed.window.start());
    }

    private static Money limit(Counted each, Window window, Map<WindowKey, Money> spends) {
        var definition = each.budget.definition();
        return definition
                .totalLimit()
                .plus(CarriedOver.into(
                        window,
                        definition,
                        each.budget.periods(),
                        earlier -> spends.getOrDefault(new WindowKey(each.account, earlier), Money.ZERO)));
    }
}
