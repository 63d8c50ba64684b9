package dev.centime.budget.command.setalertsettings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.CurrentAlertSettings.ReadPreferences;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.NotificationPreferences;
import dev.centime.budget.accept.PreferencesBody;
import dev.centime.budget.event.NotificationPreferencesSet;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Revision;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Sets what a person wants to be told by mail. */
@ApplicationScoped
class SetPreferences {
    private final CurrentAlertSettings current;
    private final MailAddresses addresses;
    private final Subjects subjects;
    private final Provenance provenance;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    SetPreferences(
            CurrentAlertSettings current,
            MailAddresses addresses,
            Subjects subjects,
            Provenance provenance,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.current = current;
        this.addresses = addresses;
        this.subjects = subjects;
        this.provenance = provenance;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    /** @param user whose, by name */
    Uni<RestResponse<NotificationPreferences>> change(
            Caller caller, String user, @Nullable String ifMatch, JsonNode patch) {
        return subjects.idsOf(caller.oneOrganization(), List.of(user))
                .map(ids -> Objects.requireNonNull(ids.get(user)))
                .chain(subject -> current.of(caller.organization(), subject))
                .chain(read -> {
                    Revision.require(ifMatch, read.preferences().revision());
                    var body = PreferencesBody.read(patch, read.preferences());
                    return emailId(caller, read, body)
                            .chain(email -> decide(caller, read, body, email))
                            .chain(done -> answer(caller, user, done));
                });
    }

    private Uni<@Nullable String> emailId(Caller caller, ReadPreferences read, PreferencesBody body) {
        var email = body.email();
        if (email == null) {
            return Uni.createFrom().item(body.emailStays() ? read.preferences().email() : null);
        }
        return addresses.toIds(caller.organization(), List.of(email)).map(List::getFirst);
    }

    private record Done(NotificationPreferencesSet preferences, Position position) {}

    private Uni<Done> decide(Caller caller, ReadPreferences read, PreferencesBody body, @Nullable String email) {
        var before = read.preferences();
        var same = before.enabled() == body.enabled()
                && before.minimumSeverity() == body.minimumSeverity()
                && Objects.equals(before.email(), email);
        if (same) {
            return Uni.createFrom().item(new Done(before, read.head()));
        }
        var now = clock.instant();
        var set = new NotificationPreferencesSet(
                before.subject(),
                before.revision() + 1,
                body.enabled(),
                email,
                body.minimumSeverity(),
                caller.id(),
                now);
        var tag = CurrentAlertSettings.preferences(before.subject());
        var condition = new AppendCondition(Set.of(CurrentAlertSettings.criterion(tag)), read.head());
        return provenance
                .of(caller, caller.organization())
                .map(metadata -> types.encode(UUID.randomUUID().toString(), now, set, metadata, Set.of(tag)))
                .chain(event -> log.append(caller.organization(), List.of(event), condition))
                .map(appended -> new Done(set, appended.position()))
                .onFailure(AppendRejected.class)
                .transform(rejected ->
                        Problem.stale("the preferences were changed in between; read them and decide again"));
    }

    private Uni<RestResponse<NotificationPreferences>> answer(Caller caller, String user, Done done) {
        return addresses
                .of(caller.organization(), user, done.preferences().email())
                .map(email -> Written.changed(
                        NotificationPreferences.of(user, done.preferences(), email),
                        done.position(),
                        done.preferences().revision()));
    }
}
