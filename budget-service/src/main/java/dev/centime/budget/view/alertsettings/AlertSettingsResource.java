package dev.centime.budget.view.alertsettings;

import dev.centime.budget.AlertSettingsAnswer;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.CurrentAlertSettings.Read;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.NotificationPreferences;
import dev.centime.budget.Preferring;
import dev.centime.budget.event.NotificationPreferencesSet;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /alerts/settings}: the organization's for an administrator, his own preferences for a user. Read from the log itself. */
@Path("/api/v1/alerts/settings")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class AlertSettingsResource {
    private final CurrentCaller current;
    private final Query query;
    private final CurrentAlertSettings settings;
    private final MailAddresses addresses;
    private final Subjects subjects;

    AlertSettingsResource(
            CurrentCaller current,
            Query query,
            CurrentAlertSettings settings,
            MailAddresses addresses,
            Subjects subjects) {
        this.current = current;
        this.query = query;
        this.settings = settings;
        this.addresses = addresses;
        this.subjects = subjects;
    }

    @GET
    @Operation(
            operationId = "alertSettings",
            summary = "Where an organization's alerts go, or what a person wants to be told")
    @Parameter(name = "user", description = "whose preferences, by name; a user sees his own")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {AlertSettingsAnswer.class, NotificationPreferences.class})))
    public Uni<RestResponse<?>> settings() {
        var caller = current.get();
        caller.oneOrganization();
        var user = Preferring.whose(caller, query.text("user"));
        return user.isEmpty()
                ? settings.of(caller.organization())
                        .chain(read -> ofOrganization(caller, read))
                        .map(answer -> answer)
                : ofUser(caller, user.get()).map(answer -> answer);
    }

    private Uni<RestResponse<AlertSettingsAnswer>> ofOrganization(Caller caller, Read read) {
        var ids = read.settings().emails();
        return addresses.byId(caller.organization(), ids).map(byId -> {
            var emails = ids.stream().filter(byId::containsKey).map(byId::get).toList();
            return Written.version(
                    AlertSettingsAnswer.of(caller.organization(), read.revision(), read.settings(), emails, Map.of()),
                    read.revision());
        });
    }

    private Uni<RestResponse<NotificationPreferences>> ofUser(Caller caller, String user) {
        return subjects.knownIdsOf(caller.organization(), List.of(user))
                .chain(ids -> {
                    var subject = ids.get(user);
                    return subject == null
                            ? Uni.createFrom().item(NotificationPreferencesSet.usual(""))
                            : settings.of(caller.organization(), subject)
                                    .map(CurrentAlertSettings.ReadPreferences::preferences);
                })
                .chain(set -> addresses
                        .of(caller.organization(), user, set.email())
                        .map(email -> Written.version(NotificationPreferences.of(user, set, email), set.revision())));
    }
}
