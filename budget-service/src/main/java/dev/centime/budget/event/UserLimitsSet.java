package dev.centime.budget.event;

import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.contracts.StoredAs;
import java.time.Instant;
import java.util.Map;

/**
 * Limits of one person were set; the budgets that they are stand before this in the same append.
 *
 * @param subject whose, as id
 * @param limits US dollars by period, as they are now
 * @param most up to which the person may set them, by period; absent where no administrator has said anything
 * @param emailAlerts whether messages go to the person by mail
 * @param by who, as id
 */
@StoredAs(name = "user-limits-set")
public record UserLimitsSet(
        String subject, Map<Type, Money> limits, Map<Type, Money> most, boolean emailAlerts, String by, Instant at) {
    public UserLimitsSet {
        //noinspection ConstantValue: absent in JSON when empty
        limits = limits == null ? Map.of() : Map.copyOf(limits);
        //noinspection ConstantValue: absent in JSON when empty
        most = most == null ? Map.of() : Map.copyOf(most);
    }
}
