package dev.centime.budget.command.setalertsettings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.AlertSettingsAnswer;
import dev.centime.budget.NotificationPreferences;
import dev.centime.budget.Preferring;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * {@code PATCH /alerts/settings}: an administrator sets where the organization's alerts go, a user what he himself is told. Takes no
 * Idempotency-Key, since its answer may hold a secret that nobody shall keep: If-Match makes a second time harmless.
 */
@Path("/api/v1/alerts/settings")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class SetAlertSettingsResource {
    private final CurrentCaller current;
    private final Query query;
    private final SetAlertSettings settings;
    private final SetPreferences preferences;

    SetAlertSettingsResource(
            CurrentCaller current, Query query, SetAlertSettings settings, SetPreferences preferences) {
        this.current = current;
        this.query = query;
        this.settings = settings;
        this.preferences = preferences;
    }

    @PATCH
    @Operation(
            operationId = "setAlertSettings",
            summary = "Sets where an organization's alerts go, or what a person wants to be told",
            description =
                    "An administrator sets the organization's, with ?user= a person's; a user his own. Fields left out stay as they are, null brings a default back, lists are replaced: a Slack channel named without url, a webhook named by its id, stay. A secret that is made is shown in this answer and never again.")
    @Parameter(name = "user", description = "whose preferences, by name")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(oneOf = {AlertSettingsAnswer.class, NotificationPreferences.class})))
    public Uni<RestResponse<?>> set(
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @RequestBody(
                            content =
                                    @Content(
                                            schema =
                                                    @Schema(
                                                            oneOf = {
                                                                AlertSettingsAnswer.class,
                                                                NotificationPreferences.class
                                                            })))
                    JsonNode body) {
        var caller = current.get();
        var user = Preferring.whose(caller, query.text("user"));
        return user.isEmpty()
                ? settings.change(caller, ifMatch, body).map(answer -> answer)
                : preferences.change(caller, user.get(), ifMatch, body).map(answer -> answer);
    }
}
