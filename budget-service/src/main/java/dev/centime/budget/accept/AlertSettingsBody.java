package dev.centime.budget.accept;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.Severity;
import dev.centime.budget.WebAddress;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.kit.Problem;
import dev.centime.kit.Problem.FieldError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What settings shall be: the fields that were sent laid over what stands, null bringing a default back.
 *
 * @param emails addresses; null when they stay as they are
 * @param slackChannels null when they stay as they are
 * @param webhooks null when they stay as they are
 */
public record AlertSettingsBody(
        boolean enabled,
        List<Channel> channels,
        Severity minimumSeverity,
        int cooldownMinutes,
        @Nullable List<String> emails,
        @Nullable List<Slack> slackChannels,
        @Nullable List<Webhook> webhooks,
        boolean weeklyReport) {
    private static final int MOST_CHANNELS = 20;
    private static final int MOST_MINUTES = 7 * 24 * 60;
    private static final String SECRET = "whsec_";
    private static final int LEAST_SECRET_BYTES = 24;
    private static final int MOST_SECRET_BYTES = 64;

    /** @param url null when that channel's stays as it is */
    public record Slack(String channel, @Nullable String url) {}

    /**
     * @param id null for a new one
     * @param url null when it stays as it is
     * @param secret null when it is made, or stays as it is
     */
    public record Webhook(
            @Nullable String id,
            @Nullable String url,
            @Nullable String secret,
            boolean rotateSecret) {}

    /** @throws Problem 422 that names every field at fault */
    public static AlertSettingsBody read(JsonNode patch, AlertSettings standing) {
        if (!(patch instanceof ObjectNode object)) {
            throw Problem.unprocessable("body", "must be an object");
        }
        var errors = new ArrayList<FieldError>();
        var fields = Fields.of(object, errors);
        var read = new AlertSettingsBody(
                laid(fields, "enabled", fields.bool("enabled"), standing.enabled(), AlertSettings.USUAL.enabled()),
                laid(
                        fields,
                        "channels",
                        fields.listOf("channels", Channel.class)
                                .map(list -> list.stream().distinct().toList()),
                        standing.channels(),
                        AlertSettings.USUAL.channels()),
                laid(
                        fields,
                        "minimum_severity",
                        fields.oneOf("minimum_severity", Severity.class),
                        standing.minimumSeverity(),
                        AlertSettings.USUAL.minimumSeverity()),
                laid(
                        fields,
                        "cooldown_minutes",
                        fields.integer("cooldown_minutes", 0, MOST_MINUTES),
                        standing.cooldownMinutes(),
                        AlertSettings.USUAL.cooldownMinutes()),
                list(fields, "emails", fields.texts("emails", WebAddress.MAX_LENGTH)),
                list(fields, "slack_channels", fields.objects("slack_channels", each -> slack(each, standing))),
                list(fields, "webhooks", fields.objects("webhooks", each -> webhook(each, standing))),
                laid(
                        fields,
                        "weekly_report",
                        fields.bool("weekly_report"),
                        standing.weeklyReport(),
                        AlertSettings.USUAL.weeklyReport()));
        checkLists(fields, read);
        if (!errors.isEmpty()) {
            throw Problem.unprocessable(errors);
        }
        return read;
    }

    private static <T> T laid(Fields fields, String name, Optional<T> sent, T standing, T usual) {
        return fields.names(name) ? sent.orElse(usual) : standing;
    }

    private static <T> @Nullable List<T> list(Fields fields, String name, Optional<List<T>> sent) {
        return fields.names(name) ? sent.orElse(List.of()) : null;
    }

    private static Slack slack(Fields fields, AlertSettings standing) {
        var channel = fields.required("channel", fields.text("channel", 100)).orElse("");
        if (channel.startsWith("@")) {
            fields.wrong("channel", ContactsBody.A_PERSONS);
        }
        var url = address(fields).orElse(null);
        if (url == null && standing.slack(channel).isEmpty() && !fields.has("url")) {
            fields.wrong("url", "is required for a channel that is new");
        }
        return new Slack(channel, url);
    }

    private static Webhook webhook(Fields fields, AlertSettings standing) {
        var id = fields.id("id").orElse(null);
        var url = address(fields).orElse(null);
        if (id != null && standing.webhook(id).isEmpty()) {
            fields.wrong("id", "is none of a webhook that is set; leave it out for a new one");
        }
        if (id == null && !fields.has("url")) {
            fields.wrong("url", "is required for a webhook that is new");
        }
        var secret =
                fields.text("secret", 200).filter(text -> !text.contains("…")).orElse(null);
        if (secret != null && !isSecret(secret)) {
            fields.wrong(
                    "secret",
                    "must be " + SECRET + " and the Base64 of " + LEAST_SECRET_BYTES + " to " + MOST_SECRET_BYTES
                            + " bytes");
        }
        return new Webhook(id, url, secret, fields.bool("rotate_secret").orElse(false));
    }

    /** An answer that is sent back has addresses with the end left out: those stay as they are. */
    private static Optional<String> address(Fields fields) {
        var url = fields.text("url", WebAddress.MAX_LENGTH).filter(text -> !text.endsWith("…"));
        if (url.isPresent() && !WebAddress.isOne(url.get())) {
            fields.wrong("url", WebAddress.OTHERWISE);
        }
        return url;
    }

    private static boolean isSecret(String text) {
        try {
            var bytes =
                    Base64.getDecoder().decode(text.startsWith(SECRET) ? text.substring(SECRET.length()) : "").length;
            return bytes >= LEAST_SECRET_BYTES && bytes <= MOST_SECRET_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void checkLists(Fields fields, AlertSettingsBody read) {
        each(fields, "emails", read.emails(), MailAddresses::isOne, "must be an e-mail address");
        once(fields, "emails", "", read.emails(), Function.identity());
        once(fields, "slack_channels", ".channel", read.slackChannels(), Slack::channel);
        once(fields, "webhooks", ".id", read.webhooks(), Webhook::id);
    }

    private static <T> void each(
            Fields fields, String name, @Nullable List<T> list, Predicate<T> valid, String otherwise) {
        for (int index = 0; list != null && index < list.size(); index++) {
            if (!valid.test(list.get(index))) {
                fields.wrong(name + "[" + index + "]", otherwise);
            }
        }
    }

    private static <T> void once(
            Fields fields, String name, String part, @Nullable List<T> list, Function<T, @Nullable String> key) {
        if (list != null && list.size() > MOST_CHANNELS) {
            fields.wrong(name, "must have at most " + MOST_CHANNELS + " elements");
        }
        var seen = new HashSet<String>();
        for (int index = 0; list != null && index < list.size(); index++) {
            var value = key.apply(list.get(index));
            if (value != null && !seen.add(value)) {
                fields.wrong(name + "[" + index + "]" + part, "stands in the list twice");
            }
        }
    }
}
