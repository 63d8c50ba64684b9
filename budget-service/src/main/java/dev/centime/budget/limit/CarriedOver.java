package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.Money;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is left at the end of a window, for the next: limit and what came from the window before, less what was spent; never below
 * zero, and at most the cap. Reckoned from the budget's first window on, as if it had always been what it is now; after a change
 * only from there on. Not safe for several threads.
 */
public final class CarriedOver {
    private final BudgetDefinition definition;
    private final List<Window> windows;
    private final Map<Window, Integer> places = new HashMap<>();
    private final Function<Window, Money> spent;

    /** Into each window, as far as it is reckoned. */
    private final List<Money> into = new ArrayList<>(List.of(Money.ZERO));

    /**
     * @param last nothing is asked of later windows
     * @param spent in each window before it
     */
    public CarriedOver(Window last, BudgetDefinition definition, Periods periods, Function<Window, Money> spent) {
        this.definition = definition;
        this.windows = windowsBefore(last, definition, periods);
        this.spent = spent;
        for (var window : windows) {
            places.put(window, places.size());
        }
        places.put(last, windows.size());
    }

    /** Zero unless the budget carries over. */
    public Money into(Window window) {
        int place = places.getOrDefault(window, 0);
        while (into.size() <= place) {
            var before = into.size() - 1;
            var remaining = definition.totalLimit().plus(into.get(before)).minus(spent.apply(windows.get(before)));
            into.add(left(remaining));
        }
        return into.get(place);
    }

    /** What was spent in a window is no longer what it was: neither is what later ones begin with. */
    public void changed(Window window) {
        int place = places.getOrDefault(window, into.size());
        if (place + 1 < into.size()) {
            into.subList(place + 1, into.size()).clear();
        }
    }

    /** Those whose spend decides what a window begins with, in order; none unless the budget carries over. */
    public static List<Window> windowsBefore(Window current, BudgetDefinition definition, Periods periods) {
        var earlier = new ArrayList<Window>();
        if (definition.rollover() == Rollover.REMAINING) {
            var at = periods.begin();
            while (at.isBefore(current.start())) {
                var window = periods.of(at, at).orElse(current);
                earlier.add(window);
                at = window.end() == null ? current.start() : window.end();
            }
        }
        return earlier;
    }

    private Money left(Money remaining) {
        if (remaining.isNegative()) {
            return Money.ZERO;
        }
        var cap = definition.rolloverCap();
        return cap != null && remaining.compareTo(cap) > 0 ? cap : remaining;
    }
}
