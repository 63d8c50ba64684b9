package dev.centime.budget.command.setuserlimits;

import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some limits of a person shall be these.
 *
 * @param limits US dollars by period, those that change
 * @param emailAlerts null to leave it as it is
 * @param byHimself whether the person sets them, who may not go beyond what an administrator has set
 * @param today on the organization's calendar
 */
record SetUserLimits(
        Map<Type, Money> limits,
        @Nullable Boolean emailAlerts,
        boolean byHimself,
        String by,
        Calendar calendar,
        LocalDate today,
        Instant at) {}
