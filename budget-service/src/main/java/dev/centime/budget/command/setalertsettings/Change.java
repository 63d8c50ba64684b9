package dev.centime.budget.command.setalertsettings;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.AlertSettings.Slack;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.WebAddress;
import dev.centime.budget.accept.AlertSettingsBody;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a body makes of settings, and which secrets are to be kept for it.
 *
 * @param settings as they shall be
 * @param kept new secrets by id
 * @param made those of them that were not sent but drawn: they are shown, once
 */
record Change(AlertSettings settings, Map<String, String> kept, Map<String, String> made) {
    /** For how long the secret before signs too: time for receivers to learn the new one. */
    static final Duration OVERLAP = Duration.ofHours(24);

    /**
     * @param emails ids that stand for the body's addresses
     * @param ids makes new ids
     * @param drawn makes the bytes of a new secret
     */
    static Change of(
            AlertSettings standing,
            AlertSettingsBody body,
            @Nullable List<String> emails,
            Supplier<String> ids,
            Supplier<byte[]> drawn,
            Instant now) {
        var kept = new LinkedHashMap<String, String>();
        var made = new LinkedHashMap<String, String>();
        var parts = new Parts(ids, drawn, now, kept, made);
        var settings = new AlertSettings(
                body.enabled(),
                body.channels(),
                body.minimumSeverity(),
                body.cooldownMinutes(),
                emails == null ? standing.emails() : emails,
                body.slackChannels() == null
                        ? standing.slackChannels()
                        : body.slackChannels().stream()
                                .map(each -> parts.slack(each, standing))
                                .toList(),
                body.webhooks() == null
                        ? standing.webhooks()
                        : body.webhooks().stream()
                                .map(each -> parts.webhook(each, standing))
                                .toList(),
                body.weeklyReport());
        return new Change(settings, kept, made);
    }

    private record Parts(
            Supplier<String> ids,
            Supplier<byte[]> drawn,
            Instant now,
            Map<String, String> kept,
            Map<String, String> made) {

        Slack slack(AlertSettingsBody.Slack wanted, AlertSettings standing) {
            var url = wanted.url();
            return url == null
                    ? standing.slack(wanted.channel()).orElseThrow()
                    : new Slack(wanted.channel(), WebAddress.shown(url), keep(url));
        }

        Webhook webhook(AlertSettingsBody.Webhook wanted, AlertSettings standing) {
            var before =
                    wanted.id() == null ? null : standing.webhook(wanted.id()).orElseThrow();
            var url = wanted.url();
            if (before == null) {
                var address = Objects.requireNonNull(url);
                return new Webhook(
                        ids.get(), WebAddress.shown(address), keep(address), List.of(newest(wanted.secret())));
            }
            return new Webhook(
                    before.id(),
                    url == null ? before.shown() : WebAddress.shown(url),
                    url == null ? before.addressId() : keep(url),
                    signing(wanted, before));
        }

        /** The newest of those before signs for a while longer; older ones have had their time. */
        private List<Signing> signing(AlertSettingsBody.Webhook wanted, Webhook before) {
            if (wanted.secret() == null && !wanted.rotateSecret()) {
                return before.signing();
            }
            var signing = new ArrayList<Signing>();
            signing.add(newest(wanted.secret()));
            signing.add(new Signing(before.signing().getFirst().secretId(), now.plus(OVERLAP)));
            return signing;
        }

        private Signing newest(@Nullable String secret) {
            if (secret != null) {
                return new Signing(keep(secret), null);
            }
            var text = "whsec_" + Base64.getEncoder().encodeToString(drawn.get());
            var id = keep(text);
            made.put(id, text);
            return new Signing(id, null);
        }

        private String keep(String text) {
            var id = ids.get();
            kept.put(id, text);
            return id;
        }
    }
}
