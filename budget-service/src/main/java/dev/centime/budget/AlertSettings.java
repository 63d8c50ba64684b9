package dev.centime.budget;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.centime.contracts.BudgetDefinition.Channel;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where an organization's alerts go. Addresses that may hold secrets, and what signs messages, lie sealed beside the log; here stand the
 * ids of those and what of an address may be shown.
 *
 * @param enabled whether messages go out at all; alerts stay on record either way
 * @param channels of alerts that name none themselves
 * @param minimumSeverity below which no message goes out
 * @param cooldownMinutes between two messages about the same; a budget's alerts go by the budget's own
 * @param emails ids that stand for addresses, to which messages go unless a budget names others
 * @param weeklyReport whether those addresses are told each week what it cost
 */
public record AlertSettings(
        boolean enabled,
        List<Channel> channels,
        Severity minimumSeverity,
        int cooldownMinutes,
        List<String> emails,
        List<Slack> slackChannels,
        List<Webhook> webhooks,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean weeklyReport) {

    /** As they are until somebody sets them. */
    public static final AlertSettings USUAL = new AlertSettings(
            true, List.of(Channel.CONSOLE), Severity.INFO, 60, List.of(), List.of(), List.of(), false);

    public AlertSettings {
        //noinspection ConstantValue: absent in JSON when empty
        channels = channels == null ? List.of() : List.copyOf(channels);
        //noinspection ConstantValue: absent in JSON when empty
        emails = emails == null ? List.of() : List.copyOf(emails);
        //noinspection ConstantValue: absent in JSON when empty
        slackChannels = slackChannels == null ? List.of() : List.copyOf(slackChannels);
        //noinspection ConstantValue: absent in JSON when empty
        webhooks = webhooks == null ? List.of() : List.copyOf(webhooks);
    }

    /**
     * A channel of Slack, or of what takes the same messages.
     *
     * @param channel its name, such as {@code #costs}
     * @param shown what of its address may be seen
     * @param addressId of the sealed address, which is all that is needed to write there
     */
    public record Slack(String channel, String shown, String addressId) {}

    /**
     * A program that is told of alerts.
     *
     * @param shown what of its address may be seen
     * @param addressId of the sealed address
     * @param signing what messages are signed with, the newest first; never empty
     */
    public record Webhook(String id, String shown, String addressId, List<Signing> signing) {}

    /** @param secretId of the sealed secret. @param until when it no longer signs; null for the newest */
    public record Signing(String secretId, @Nullable Instant until) {
        public boolean signsAt(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    public Optional<Slack> slack(String channel) {
        return slackChannels.stream()
                .filter(each -> each.channel().equals(channel))
                .findFirst();
    }

    public Optional<Webhook> webhook(String id) {
        return webhooks.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** The ids of all that is sealed for them. */
    public Set<String> secretIds() {
        var ids = new HashSet<String>();
        slackChannels.forEach(slack -> ids.add(slack.addressId()));
        for (var webhook : webhooks) {
            ids.add(webhook.addressId());
            webhook.signing().forEach(signing -> ids.add(signing.secretId()));
        }
        return ids;
    }
}
