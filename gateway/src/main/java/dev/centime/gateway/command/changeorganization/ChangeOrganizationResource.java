package dev.centime.gateway.command.changeorganization;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.axon.Handled;
import dev.centime.gateway.RefusalAnswers;
import dev.centime.gateway.ShownOrganization;
import dev.centime.gateway.door.Access;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Revision;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Changes an organization's settings. */
@Path("/api/v1/admin/organizations")
public class ChangeOrganizationResource {
    private final CurrentCaller caller;
    private final Commands commands;
    private final Access access;
    private final Provenance provenance;

    ChangeOrganizationResource(CurrentCaller caller, Commands commands, Access access, Provenance provenance) {
        this.caller = caller;
        this.commands = commands;
        this.access = access;
        this.provenance = provenance;
    }

    @PATCH
    @Path("/{id}")
    @RolesAllowed(Role.Names.PLATFORM_ADMIN)
    public Uni<RestResponse<ShownOrganization>> change(
            @RestPath String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull OrganizationChanges changes) {
        var tenant = access.organization(id).orElseThrow(() -> Problem.notFound("organization " + id));
        Revision.require(ifMatch, tenant.revision());
        // What was compared here may be old by the time it is decided; the decision compares again.
        var seen = "*".equals(ifMatch) ? Optional.<Long>empty() : Optional.of(tenant.revision());
        return provenance
                .of(caller.get(), Contracts.PLATFORM)
                .chain(from -> RefusalAnswers.named(
                        commands.send(new Sender(Contracts.PLATFORM, from), changes.command(id, seen))))
                .chain(this::visible)
                .map(handled -> answer(id, handled));
    }

    private Uni<Handled<Void>> visible(Handled<Void> handled) {
        var visible = Uni.createFrom().item(handled);
        return handled.appended()
                .map(appended -> visible.call(() -> access.reached(appended.position())))
                .orElse(visible);
    }

    private RestResponse<ShownOrganization> answer(String id, Handled<Void> handled) {
        var tenant = access.organization(id).orElseThrow();
        var shown = ShownOrganization.of(tenant.organization());
        return handled.appended()
                .map(appended -> Written.changed(shown, appended.position(), tenant.revision()))
                .orElseGet(() -> Written.version(shown, tenant.revision()));
    }
}
