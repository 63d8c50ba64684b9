package dev.centime.forecast.budget;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Money;
import dev.centime.forecast.spend.SpendDays;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a budget takes from the periods before into the one that runs: of each the limit and what came into it, less what was spent,
 * never below zero, at most the cap. As budget-service reckons it (decision 48), by days.
 *
 * @param limit US dollars of one period
 * @param cap US dollars at most, null without one
 * @param before the periods that are over, from the budget's first; none where nothing is carried over
 */
public record CarriedOver(Money limit, @Nullable Money cap, List<BudgetPeriod> before) {
    /** For a limit that is no budget's. */
    public static final CarriedOver NOTHING = new CarriedOver(Money.ZERO, null, List.of());

    /** @param running the period that it is carried into */
    public static CarriedOver into(BudgetPeriod running, BudgetDefinition budget) {
        return budget.rollover() == BudgetDefinition.Rollover.REMAINING
                ? new CarriedOver(
                        budget.totalLimit(), budget.rolloverCap(), BudgetPeriod.before(running.first(), budget))
                : NOTHING;
    }

    /** The first day whose spend must be known, null when nothing is carried over. */
    public @Nullable LocalDate first() {
        return before.isEmpty() ? null : before.getFirst().first();
    }

    /** @param spent on each day from {@link #first()} on */
    public Money of(SpendDays spent) {
        var carried = Money.ZERO;
        for (var period : before) {
            carried = left(limit.plus(carried).minus(spent.between(period.first(), period.last())));
        }
        return carried;
    }

    private Money left(Money remaining) {
        if (remaining.isNegative()) {
            return Money.ZERO;
        }
        return cap != null && remaining.compareTo(cap) > 0 ? cap : remaining;
    }
}
