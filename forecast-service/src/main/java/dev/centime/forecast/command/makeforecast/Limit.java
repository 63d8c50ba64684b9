package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import dev.centime.forecast.budget.BudgetPeriod;
import dev.centime.forecast.budget.CarriedOver;
import java.time.LocalDate;

/**
 * A limit to compare a forecast with, and the days that it is for, none after the forecast's last.
 *
 * @param carriedOver what it takes from the periods before
 */
record Limit(Money amount, BudgetPeriod period, CarriedOver carriedOver) {
    /** A limit for the calendar month that a day is in. */
    static Limit ofMonth(Money amount, LocalDate today, LocalDate horizon) {
        var end = today.withDayOfMonth(today.lengthOfMonth());
        var month = new BudgetPeriod(today.withDayOfMonth(1), end.isBefore(horizon) ? end : horizon);
        return new Limit(amount, month, CarriedOver.NOTHING);
    }
}
