package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.forecast.budget.BudgetPeriod;
import java.time.LocalDate;

/** A limit to compare a forecast with, and the days that it is for, none after the forecast's last. */
record Limit(Money amount, BudgetPeriod period) {
    /** A limit for the calendar month that a day is in. */
    static Limit ofMonth(Money amount, LocalDate today, LocalDate horizon) {
        var end = today.withDayOfMonth(today.lengthOfMonth());
        return new Limit(amount, new BudgetPeriod(today.withDayOfMonth(1), end.isBefore(horizon) ? end : horizon));
    }
}
