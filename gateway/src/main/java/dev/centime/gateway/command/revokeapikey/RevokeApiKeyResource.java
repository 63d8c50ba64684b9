package dev.centime.gateway.command.revokeapikey;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.gateway.RefusalAnswers;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.KeyInReach;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Revokes a key; it opens nothing when this is answered, and its sessions are over. */
@Path("/api/v1/admin/api-keys")
public class RevokeApiKeyResource {
    private final CurrentCaller caller;
    private final Commands commands;
    private final KeyInReach keys;
    private final Access access;
    private final Provenance provenance;

    RevokeApiKeyResource(
            CurrentCaller caller, Commands commands, KeyInReach keys, Access access, Provenance provenance) {
        this.caller = caller;
        this.commands = commands;
        this.keys = keys;
        this.access = access;
        this.provenance = provenance;
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    public Uni<RestResponse<Void>> revoke(@RestPath String id) {
        var who = caller.get();
        var key = keys.of(who, id);
        return provenance
                .of(who, Contracts.PLATFORM)
                .chain(from -> RefusalAnswers.named(
                        commands.send(new Sender(Contracts.PLATFORM, from), new RevokeApiKey(key.id()))))
                .map(handled -> handled.appended().orElseThrow().position())
                .call(access::reached)
                .map(Written::deleted);
    }
}
