package dev.centime.budget.report;

import dev.centime.contracts.Money;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the budgets of an organization stood when a week ended.
 *
 * @param worst some of them, the most used first
 * @param more how many others there are
 */
public record WeekBudgets(List<Stood> worst, long more) {
    public static final WeekBudgets NONE = new WeekBudgets(List.of(), 0);

    public WeekBudgets {
        //noinspection ConstantValue: absent in JSON when empty
        worst = worst == null ? List.of() : List.copyOf(worst);
    }

    /**
     * One of them.
     *
     * @param period what its limit is for
     * @param subject the one person that it is about, as id; null for none
     * @param limit US dollars in the period at hand, above zero
     * @param spent in that period up to the end of the week
     */
    public record Stood(
            String budgetId,
            String name,
            String period,
            @Nullable String subject,
            Money limit,
            Money spent) {
        /** The most used first. Fractions are compared without a division. */
        public static final Comparator<Stood> WORST =
                ((Comparator<Stood>) Stood::lessUsed).thenComparing(Stood::name).thenComparing(Stood::budgetId);

        private static int lessUsed(Stood one, Stood other) {
            return other.spent
                    .amount()
                    .multiply(one.limit.amount())
                    .compareTo(one.spent.amount().multiply(other.limit.amount()));
        }
    }
}
