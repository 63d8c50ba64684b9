package dev.centime.gateway.command.createorganization;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.gateway.RefusalAnswers;
import dev.centime.gateway.ShownOrganization;
import dev.centime.gateway.door.Access;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;

/** Founds organizations. */
@Path("/api/v1/admin/organizations")
public class CreateOrganizationResource {
    /** Names that mean something else in the log. */
    private static final Set<String> RESERVED = Set.of(Contracts.PLATFORM, "*");

    private static final int MAX_ID_LENGTH = 63;

    private final CurrentCaller caller;
    private final Commands commands;
    private final Access access;
    private final Provenance provenance;

    CreateOrganizationResource(CurrentCaller caller, Commands commands, Access access, Provenance provenance) {
        this.caller = caller;
        this.commands = commands;
        this.access = access;
        this.provenance = provenance;
    }

    @POST
    @Idempotent
    @RolesAllowed(Role.Names.PLATFORM_ADMIN)
    public Uni<RestResponse<ShownOrganization>> create(@Valid @NotNull NewOrganization wanted) {
        var organization = wanted.organization(id(wanted));
        var create = new CreateOrganization(organization.id(), organization);
        return provenance
                .of(caller.get(), Contracts.PLATFORM)
                .chain(from -> RefusalAnswers.named(commands.send(new Sender(Contracts.PLATFORM, from), create)))
                .map(handled -> handled.appended().orElseThrow().position())
                .call(access::reached)
                .map(position -> Written.created(
                        "/api/v1/admin/organizations/" + organization.id(),
                        ShownOrganization.of(organization),
                        position,
                        1));
    }

    private static String id(NewOrganization wanted) {
        var id = wanted.id() != null ? wanted.id() : fromName(wanted.name());
        if (RESERVED.contains(id)) {
            throw Problem.unprocessable("id", "must not be " + id);
        }
        if (id.isEmpty()) {
            throw Problem.unprocessable("id", "must be given when the name has no letter or digit");
        }
        return id;
    }

    private static String fromName(String name) {
        var id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return id.substring(0, Math.min(id.length(), MAX_ID_LENGTH));
    }
}
