package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * A limit to compare a forecast with.
 *
 * @param from where its period begins
 * @param last the period's last day, or the forecast's where that is sooner
 */
record Limit(Money amount, Instant from, LocalDate last) {
    /** A limit for the calendar month that a day is in. */
    static Limit ofMonth(Money amount, LocalDate today, ZoneId zone, LocalDate horizon) {
        var end = today.withDayOfMonth(today.lengthOfMonth());
        return new Limit(
                amount, today.withDayOfMonth(1).atStartOfDay(zone).toInstant(), end.isBefore(horizon) ? end : horizon);
    }
}
