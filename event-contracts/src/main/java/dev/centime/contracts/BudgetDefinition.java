package dev.centime.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * All that a budget is.
 *
 * @param totalLimit US dollars per period, above zero
 * @param startDate the period that holds this day is the first that counts, whole
 * @param endDate last day of a custom budget, else null
 * @param calendar by which its periods are cut; kept here so that a budget's events alone say which call counts where
 * @param thresholds ascending by percent
 * @param rolloverCap US dollars at most carried over, null without a cap
 * @param renews whether another period follows the first
 * @param cooldownMinutes between two messages about one budget
 * @param whenStale what becomes of a reservation while its spend is not known up to date; null is refuse
 */
public record BudgetDefinition(
        String name,
        @Nullable String description,
        Money totalLimit,
        Type budgetType,
        LocalDate startDate,
        @Nullable LocalDate endDate,
        Calendar calendar,
        Scope scope,
        List<Threshold> thresholds,
        Window window,
        Rollover rollover,
        @Nullable Money rolloverCap,
        boolean renews,
        boolean alertEnabled,
        Contacts alertContacts,
        int cooldownMinutes,
        boolean active,
        @Nullable WhenStale whenStale) {

    public BudgetDefinition {
        //noinspection ConstantValue: absent in JSON when empty
        scope = scope == null ? Scope.ORGANIZATION : scope;
        //noinspection ConstantValue: absent in JSON when empty
        thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
    }

    /** The same for other calls, and with other contacts: as when names in it become ids, or ids names. */
    public BudgetDefinition with(Scope otherScope, Contacts otherContacts) {
        return new BudgetDefinition(
                name,
                description,
                totalLimit,
                budgetType,
                startDate,
                endDate,
                calendar,
                otherScope,
                thresholds,
                window,
                rollover,
                rolloverCap,
                renews,
                alertEnabled,
                otherContacts,
                cooldownMinutes,
                active,
                whenStale);
    }

    /** The same, its periods cut by another calendar. */
    public BudgetDefinition with(Calendar otherCalendar) {
        return new BudgetDefinition(
                name,
                description,
                totalLimit,
                budgetType,
                startDate,
                endDate,
                otherCalendar,
                scope,
                thresholds,
                window,
                rollover,
                rolloverCap,
                renews,
                alertEnabled,
                alertContacts,
                cooldownMinutes,
                active,
                whenStale);
    }

    /** The same with another limit and thresholds. */
    public BudgetDefinition with(Money otherLimit, List<Threshold> otherThresholds) {
        return new BudgetDefinition(
                name,
                description,
                otherLimit,
                budgetType,
                startDate,
                endDate,
                calendar,
                scope,
                otherThresholds,
                window,
                rollover,
                rolloverCap,
                renews,
                alertEnabled,
                alertContacts,
                cooldownMinutes,
                active,
                whenStale);
    }

    /** What period the limit is for; a session budget is for each session by itself. */
    public enum Type {
        DAILY,
        WEEKLY,
        MONTHLY,
        QUARTERLY,
        ANNUAL,
        CUSTOM,
        SESSION;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether periods begin where the calendar's do, or reach back from now. */
    public enum Window {
        CALENDAR,
        ROLLING;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of money left at the end of a period. */
    public enum Rollover {
        NONE,
        REMAINING;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a limit that cannot be checked lets spending go on. */
    public enum WhenStale {
        REFUSE,
        ADMIT;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What reaching a threshold does. */
    public enum Action {
        LOG,
        WARN,
        BLOCK;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where a message goes. */
    public enum Channel {
        CONSOLE,
        EMAIL,
        SLACK,
        WEBHOOK;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the organization counted its days, weeks and years when the budget was set. */
    public record Calendar(ZoneId timeZone, DayOfWeek weekStartsOn, MonthDay fiscalYearStart) {
        public static Calendar of(Organization organization) {
            return new Calendar(organization.timeZone(), organization.weekStartsOn(), organization.fiscalYearStart());
        }
    }

    /** @param percent of the limit, above zero */
    public record Threshold(BigDecimal percent, Action action, List<Channel> channels) {
        public Threshold {
            //noinspection ConstantValue: absent in JSON when empty
            channels = channels == null ? List.of() : List.copyOf(channels);
        }
    }

    /**
     * Where messages go; each list may be empty.
     *
     * @param emails ids that stand for the addresses, which are looked up where names of persons are
     * @param webhooks ids that stand for the addresses, since those may hold secrets
     */
    public record Contacts(List<String> emails, List<String> slackChannels, List<String> webhooks) {
        public static final Contacts NONE = new Contacts(List.of(), List.of(), List.of());

        public Contacts {
            //noinspection ConstantValue: absent in JSON when empty
            emails = emails == null ? List.of() : List.copyOf(emails);
            //noinspection ConstantValue: absent in JSON when empty
            slackChannels = slackChannels == null ? List.of() : List.copyOf(slackChannels);
            //noinspection ConstantValue: absent in JSON when empty
            webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        }
    }
}
