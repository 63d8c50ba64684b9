package dev.centime.budget.limit;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.Money;
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
        if (definition.rollover() != Rollover.REMAINING) {
            return Money.ZERO;
        }
        var carried = Money.ZERO;
        var window = periods.of(periods.begin(), periods.begin()).orElse(current);
        while (window.start().isBefore(current.start())) {
            carried = left(definition.totalLimit().plus(carried).minus(spent.apply(window)), definition);
            var end = window.end();
            window = end == null ? current : periods.of(end, end).orElse(current);
        }
        return carried;
    }

    private static Money left(Money remaining, BudgetDefinition definition) {
        if (remaining.isNegative()) {
            return Money.ZERO;
        }
        var cap = definition.rolloverCap();
        return cap != null && remaining.compareTo(cap) > 0 ? cap : remaining;
    }
}
