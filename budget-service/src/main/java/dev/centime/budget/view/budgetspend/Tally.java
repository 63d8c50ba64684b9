package dev.centime.budget.view.budgetspend;

import dev.centime.budget.Charge;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.CarriedOver;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which of some charges count against which budgets, and where. Pure; the tables are read before and written after. */
final class Tally {
    private final List<Counted> counted = new ArrayList<>();
    private final Map<SpendKey, Amounts> additions = new LinkedHashMap<>();
    private final Map<Account, Touched> touched = new LinkedHashMap<>();

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

    /** The windows of a budget's account that charges fall in. */
    private record Touched(StandingBudget budget, Set<Window> windows) {
        /** With those that decide what the last of them begins with. */
        Set<Window> needed() {
            var needed = new LinkedHashSet<>(windows);
            needed.addAll(CarriedOver.windowsBefore(last(), budget.definition(), budget.periods()));
            return needed;
        }

        CarriedOver carriedOver(Function<Window, Money> spent) {
            return new CarriedOver(last(), budget.definition(), budget.periods(), spent);
        }

        private Window last() {
            return Collections.max(windows, Comparator.comparing(Window::start));
        }
    }

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
            touched.computeIfAbsent(account, any -> new Touched(budget, new LinkedHashSet<>()))
                    .windows()
                    .add(window);
        }
    }

    Map<SpendKey, Amounts> additions() {
        return additions;
    }

    /** The windows whose spend before these charges must be known. */
    List<WindowKey> windows() {
        return touched.entrySet().stream()
                .flatMap(entry ->
                        entry.getValue().needed().stream().map(window -> new WindowKey(entry.getKey(), window)))
                .toList();
    }

    /**
     * Goes through the charges in order, so that it does not matter how the log was cut into pages.
     *
     * @param before the spend of each window before the first charge; absent for none
     */
    Collection<Crossing> crossings(Map<WindowKey, Money> before) {
        var spends = new HashMap<>(before);
        var carried = new HashMap<Account, CarriedOver>();
        touched.forEach((account, own) -> carried.put(
                account, own.carriedOver(window -> spends.getOrDefault(new WindowKey(account, window), Money.ZERO))));
        var crossings = new Crossings();
        for (var each : counted) {
            for (var window : windowsOf(each)) {
                spends.merge(new WindowKey(each.account, window), each.charge.spend(), Money::plus);
            }
            var window = each.window;
            var carriedOver = carried.get(each.account);
            if (window != null && carriedOver != null) {
                carriedOver.changed(window);
                var limit = each.budget.definition().totalLimit().plus(carriedOver.into(window));
                var spend = spends.getOrDefault(new WindowKey(each.account, window), Money.ZERO);
                crossings.look(each.budget, window, each.account.session(), limit, spend, each.charge.learnedAt());
            }
        }
        return crossings.all();
    }

    /** A call lies in one calendar window, but in every rolling window of these that reaches back to it. */
    private Collection<Window> windowsOf(Counted each) {
        if (each.budget.definition().window() == BudgetDefinition.Window.ROLLING) {
            var own = touched.get(each.account);
            return own == null
                    ? List.of()
                    : own.windows().stream()
                            .filter(window -> window.contains(each.charge.at()))
                            .toList();
        }
        return each.window == null ? List.of() : List.of(each.window);
    }
}
