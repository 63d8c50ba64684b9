package dev.centime.budget.report;

import dev.centime.contracts.Organization;
import dev.centime.kit.Period;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;

/** When the report of a week is due: on the first morning of the next one, by the organization's calendar. */
public final class ReportTimes {
    /** Early enough for those who read it, late enough for what providers report over night. */
    private static final LocalTime AT = LocalTime.of(7, 0);

    private ReportTimes() {}

    /** The first time after an instant. */
    public static Instant next(Instant after, Organization organization) {
        var zone = organization.timeZone();
        var day = after.atZone(zone).toLocalDate().with(TemporalAdjusters.nextOrSame(organization.weekStartsOn()));
        var due = day.atTime(AT).atZone(zone).toInstant();
        return due.isAfter(after)
                ? due
                : day.plusWeeks(1).atTime(AT).atZone(zone).toInstant();
    }

    /** The last whole week before an instant. */
    public static Period week(Instant due, Organization organization) {
        return Period.named("last_week", due.atZone(organization.timeZone()).toLocalDate(), organization);
    }
}
