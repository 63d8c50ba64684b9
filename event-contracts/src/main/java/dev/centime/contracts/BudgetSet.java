package dev.centime.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A budget is now this: created, or changed as a whole.
 *
 * @param revision 1 at creation, one more with every change
 * @param setBy the caller, as id
 * @param createdAt when its first revision was set
 */
@StoredAs(name = "budget-set")
public record BudgetSet(String budgetId, int revision, Definition definition, String setBy, Instant createdAt) {

    /**
     * @param totalLimit US dollars per period, above zero
     * @param budgetType daily, weekly, monthly, quarterly, annual, custom or session
     * @param startDate first day, in the organization's zone
     * @param endDate last day of a custom budget, else null
     * @param thresholds ascending by percent
     * @param window calendar or rolling
     * @param rollover none or remaining
     * @param rolloverCap US dollars at most carried over, null without a cap
     * @param renews whether another period follows
     * @param cooldownMinutes between two messages about one budget
     */
    public record Definition(
            String name,
            @Nullable String description,
            Money totalLimit,
            String budgetType,
            LocalDate startDate,
            @Nullable LocalDate endDate,
            Scope scope,
            List<Threshold> thresholds,
            String window,
            String rollover,
            @Nullable Money rolloverCap,
            boolean renews,
            boolean alertEnabled,
            Contacts alertContacts,
            int cooldownMinutes,
            boolean active) {}

    /**
     * @param percent of the limit, above zero
     * @param action log, warn or block
     * @param channels console, email, slack, webhook
     */
    public record Threshold(java.math.BigDecimal percent, String action, List<String> channels) {
        public Threshold {
            //noinspection ConstantValue: absent in JSON when empty
            channels = channels == null ? List.of() : List.copyOf(channels);
        }
    }

    /** Where messages go; each list may be empty. */
    public record Contacts(List<String> emails, List<String> slackChannels, List<String> webhooks) {
        public static final Contacts NONE = new Contacts(List.of(), List.of(), List.of());

        public Contacts {
            //noinspection ConstantValue: absent in JSON when empty
            emails = emails == null ? List.of() : List.copyOf(emails);
            slackChannels = slackChannels == null ? List.of() : List.copyOf(slackChannels);
            webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
        }
    }
}
