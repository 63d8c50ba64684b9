package dev.centime.contracts;

import java.time.DayOfWeek;
import java.time.MonthDay;
import java.time.ZoneId;

/**
 * What all services must know of a tenant.
 *
 * @param id stable, lower case, also in the log
 * @param name for people
 * @param timeZone in which its days, weeks and months are counted
 * @param weekStartsOn first day of its week
 * @param fiscalYearStart first day of its fiscal year
 * @param individualDetail whether its administrators may see what individuals did
 * @param detailRetentionDays how long single calls stay queryable; roll-ups stay longer
 */
public record Organization(
        String id,
        String name,
        ZoneId timeZone,
        DayOfWeek weekStartsOn,
        MonthDay fiscalYearStart,
        boolean individualDetail,
        int detailRetentionDays) {

    /** An organization with the defaults of the contract: UTC, Monday, January, detail shown and kept for a year. */
    public static Organization named(String id, String name) {
        return new Organization(id, name, ZoneId.of("UTC"), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 365);
    }
}
