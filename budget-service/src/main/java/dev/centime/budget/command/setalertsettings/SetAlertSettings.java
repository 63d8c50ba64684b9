package dev.centime.budget.command.setalertsettings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettingsAnswer;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.CurrentAlertSettings.Read;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.accept.AlertSettingsBody;
import dev.centime.budget.channel.ReachableAddresses;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.report.ReportTimes;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.kit.Caller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Revision;
import dev.centime.kit.Written;
import dev.centime.kit.secret.KeptSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sets where an organization's alerts go. Secrets are kept before the event that names them, and forgotten again when there is none; those
 * that the settings no longer name are forgotten after it.
 */
@ApplicationScoped
class SetAlertSettings {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;

    private final CurrentAlertSettings current;
    private final MailAddresses addresses;
    private final KeptSecrets secrets;
    private final ReachableAddresses reachable;
    private final Provenance provenance;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    SetAlertSettings(
            CurrentAlertSettings current,
            MailAddresses addresses,
            KeptSecrets secrets,
            ReachableAddresses reachable,
            Provenance provenance,
            Organizations organizations,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.current = current;
        this.addresses = addresses;
        this.secrets = secrets;
        this.reachable = reachable;
        this.provenance = provenance;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    Uni<RestResponse<AlertSettingsAnswer>> change(Caller caller, @Nullable String ifMatch, JsonNode patch) {
        var organization = caller.oneOrganization();
        return current.of(organization).chain(read -> {
            Revision.require(ifMatch, read.revision());
            var body = AlertSettingsBody.read(patch, read.settings());
            refuseUnreachable(body);
            return ids(organization, body).chain(emails -> decide(caller, read, body, emails));
        });
    }

    /** Of a name it is known when a message is sent where it leads to; an address that stands there itself is known now. */
    private void refuseUnreachable(AlertSettingsBody body) {
        for (int index = 0;
                body.slackChannels() != null && index < body.slackChannels().size();
                index++) {
            refuse(
                    "slack_channels[" + index + "].url",
                    body.slackChannels().get(index).url());
        }
        for (int index = 0; body.webhooks() != null && index < body.webhooks().size(); index++) {
            refuse("webhooks[" + index + "].url", body.webhooks().get(index).url());
        }
    }

    private void refuse(String field, @Nullable String url) {
        if (url != null && reachable.isInternalLiteral(url)) {
            throw Problem.unprocessable(field, "must not lead to an internal address");
        }
    }

    private Uni<@Nullable List<String>> ids(String organization, AlertSettingsBody body) {
        var emails = body.emails();
        return emails == null ? Uni.createFrom().nullItem() : addresses.toIds(organization, emails);
    }

    private Uni<RestResponse<AlertSettingsAnswer>> decide(
            Caller caller, Read read, AlertSettingsBody body, @Nullable List<String> emails) {
        var change = Change.of(
                read.settings(),
                body,
                emails,
                () -> UUID.randomUUID().toString(),
                SetAlertSettings::drawn,
                clock.instant());
        if (change.settings().equals(read.settings())) {
            return answer(caller, read.revision(), change.settings(), Map.of(), read.head());
        }
        var organization = caller.organization();
        return secrets.keep(organization, change.kept())
                .chain(() -> append(caller, read, change))
                .onFailure()
                .call(failure -> failure instanceof AppendRejected
                        ? secrets.forget(organization, change.kept().keySet())
                        : Uni.createFrom().voidItem())
                .onFailure(AppendRejected.class)
                .transform(
                        rejected -> Problem.stale("the settings were changed in between; read them and decide again"))
                .call(() -> secrets.forget(organization, gone(read.settings(), change.settings()))
                        // What is set is set; what stays behind is sealed and nobody's.
                        .onFailure()
                        .recoverWithNull())
                .chain(position -> answer(caller, read.revision() + 1, change.settings(), change.made(), position));
    }

    private Uni<Position> append(Caller caller, Read read, Change change) {
        var now = clock.instant();
        var set = new AlertSettingsSet(
                read.revision() + 1, change.settings(), caller.id(), now, nextReport(caller, read, change, now));
        var condition =
                new AppendCondition(Set.of(CurrentAlertSettings.criterion(CurrentAlertSettings.SETTINGS)), read.head());
        return provenance
                .of(caller, caller.organization())
                .map(metadata -> types.encode(
                        UUID.randomUUID().toString(), now, set, metadata, Set.of(CurrentAlertSettings.SETTINGS)))
                .chain(event -> log.append(caller.organization(), List.of(event), condition))
                .map(Appended::position);
    }

    /** Whoever changes something else leaves the next one where it is. */
    private @Nullable Instant nextReport(Caller caller, Read read, Change change, Instant now) {
        return change.settings().weeklyReport() && !read.settings().weeklyReport()
                ? ReportTimes.next(now, organizations.of(caller))
                : null;
    }

    private static Set<String> gone(AlertSettings before, AlertSettings after) {
        var gone = new HashSet<>(before.secretIds());
        gone.removeAll(after.secretIds());
        return gone;
    }

    private Uni<RestResponse<AlertSettingsAnswer>> answer(
            Caller caller, int revision, AlertSettings settings, Map<String, String> made, Position position) {
        return addresses.byId(caller.organization(), settings.emails()).map(byId -> {
            var emails = settings.emails().stream()
                    .filter(byId::containsKey)
                    .map(byId::get)
                    .toList();
            return Written.changed(
                    AlertSettingsAnswer.of(caller.organization(), revision, settings, emails, made),
                    position,
                    revision);
        });
    }

    private static byte[] drawn() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
