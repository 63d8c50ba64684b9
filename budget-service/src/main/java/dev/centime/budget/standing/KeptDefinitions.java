package dev.centime.budget.standing;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Contacts;
import java.util.HashMap;
import java.util.Map;

/**
 * What is kept in memory of definitions: what decides about calls. Whom to tell and when to warn is left out, and what many budgets of
 * an organization have alike is there once.
 */
final class KeptDefinitions {
    private final Map<Object, Object> alike = new HashMap<>();

    BudgetDefinition of(BudgetDefinition all) {
        return new BudgetDefinition(
                all.name(),
                null,
                all.totalLimit(),
                all.budgetType(),
                all.startDate(),
                all.endDate(),
                once(all.calendar()),
                all.scope(),
                once(all.thresholds().stream()
                        .filter(threshold -> threshold.action() == Action.BLOCK)
                        .toList()),
                all.window(),
                all.rollover(),
                all.rolloverCap(),
                all.renews(),
                all.alertEnabled(),
                Contacts.NONE,
                all.cooldownMinutes(),
                all.active(),
                all.whenStale());
    }

    @SuppressWarnings("unchecked")
    private <T> T once(T value) {
        return (T) alike.computeIfAbsent(value, first -> first);
    }
}
