package dev.centime.gateway;

import dev.centime.kit.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Locale;

/** Reads an organization's settings as the REST contract writes them. */
public final class OrganizationFields {
    private OrganizationFields() {}

    /** @throws Problem 422 */
    public static ZoneId timeZone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw Problem.unprocessable("time_zone", "must be a time zone such as Europe/Berlin");
        }
    }

    /** @throws Problem 422 */
    public static DayOfWeek weekday(String text) {
        try {
            return DayOfWeek.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw Problem.unprocessable("week_starts_on", "must be a day of the week such as monday");
        }
    }

    /** Not 29 February, which most years do not have. @throws Problem 422 */
    public static MonthDay fiscalYearStart(String text) {
        try {
            var day = MonthDay.parse("--" + text);
            if (day.isValidYear(2001)) {
                return day;
            }
        } catch (DateTimeException e) {
            // Said below, as for the leap day.
        }
        throw Problem.unprocessable("fiscal_year_start", "must be a day of every year such as 04-01");
    }
}
