package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What is left at the end of a window, for the next: limit and what came from the window before, less what was spent; never below
 * zero, and at most the cap. Reckoned from the budget's first window on, as if it had always been what it is now.
 */
public final class CarriedOver {
    private CarriedOver() {}

    /** @param spent in each earlier window; zero unless the budget carries over */
    public static Money into(
            Window current, BudgetDefinition definition, Periods periods, Function<Window, Money> spent) {
        var carried = Money.ZERO;
        for (var window : windowsBefore(current, definition, periods)) {
            carried = left(definition.totalLimit().plus(carried).minus(spent.apply(window)), definition);
        }
        return carried;
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

    private static Money left(Money remaining, BudgetDefinition definition) {
        if (remaining.isNegative()) {
            return Money.ZERO;
        }
        var cap = definition.rolloverCap();
        return cap != null && remaining.compareTo(cap) > 0 ? cap : remaining;
    }
}
