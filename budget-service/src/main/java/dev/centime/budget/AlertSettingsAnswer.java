package dev.centime.budget;

import dev.centime.contracts.BudgetDefinition.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where an organization's alerts go, as people see and set it. Of addresses that may hold a secret the host is shown, of secrets nothing
 * but that there is one; a new one is shown in the answer to the PATCH that made it and never again.
 *
 * @param revision what the ETag says, 0 when nobody has set them
 */
@Schema(name = "AlertSettings")
public record AlertSettingsAnswer(
        @Schema(readOnly = true) String organizationId,
        @Schema(readOnly = true) int revision,

        @Schema(description = "Whether messages go out; alerts stay on record either way")
        boolean enabled,

        @Schema(description = "Of alerts that name no channels themselves")
        List<Channel> channels,

        @Schema(description = "Below which no message goes out")
        Severity minimumSeverity,

        @Schema(description = "Between two messages about the same; a budget's alerts go by its own")
        int cooldownMinutes,

        @Schema(description = "Where mail goes unless a budget names others")
        List<String> emails,

        List<SlackChannel> slackChannels,
        List<Webhook> webhooks,

        @Schema(description = "Whether the addresses are told each week what it cost")
        boolean weeklyReport) {

    private static final String HIDDEN_SECRET = "whsec_…";

    /** @param url of the incoming webhook of that channel; left out in a PATCH, it stays as it is */
    @Schema(name = "SlackChannel")
    public record SlackChannel(
            @Schema(required = true, examples = "#costs") String channel,
            @Nullable String url) {}

    /**
     * @param id by which a PATCH says that it stays
     * @param secret to verify messages by; one's own in a PATCH, else one is made
     * @param rotateSecret in a PATCH: makes a new secret, and signs with both for a day
     * @param previousSecretUntil until when the one before signs too
     */
    @Schema(name = "Webhook")
    public record Webhook(
            @Nullable String id,
            @Nullable String url,
            @Nullable String secret,
            @Schema(writeOnly = true) @Nullable Boolean rotateSecret,
            @Schema(readOnly = true) @Nullable Instant previousSecretUntil) {}

    /**
     * @param emails names for the ids in the settings; those that were erased are absent
     * @param made secrets by id that are shown this once
     */
    public static AlertSettingsAnswer of(
            String organization, int revision, AlertSettings settings, List<String> emails, Map<String, String> made) {
        return new AlertSettingsAnswer(
                organization,
                revision,
                settings.enabled(),
                settings.channels(),
                settings.minimumSeverity(),
                settings.cooldownMinutes(),
                emails,
                settings.slackChannels().stream()
                        .map(slack -> new SlackChannel(slack.channel(), slack.shown()))
                        .toList(),
                settings.webhooks().stream().map(each -> webhook(each, made)).toList(),
                settings.weeklyReport());
    }

    private static Webhook webhook(AlertSettings.Webhook webhook, Map<String, String> made) {
        var newest = webhook.signing().getFirst().secretId();
        return new Webhook(
                webhook.id(),
                webhook.shown(),
                made.getOrDefault(newest, HIDDEN_SECRET),
                null,
                webhook.signing().stream()
                        .map(AlertSettings.Signing::until)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
