package dev.centime.gateway.command.rotateapikey;

import dev.centime.contracts.Contracts;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.gateway.RefusalAnswers;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.KeyInReach;
import dev.centime.gateway.door.Secret;
import dev.centime.gateway.door.ShownOnce;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Gives a key another secret; the old one opens nothing when this is answered. */
@Path("/api/v1/admin/api-keys")
public class RotateApiKeyResource {
    private final CurrentCaller caller;
    private final Commands commands;
    private final KeyInReach keys;
    private final Access access;
    private final Provenance provenance;

    RotateApiKeyResource(
            CurrentCaller caller, Commands commands, KeyInReach keys, Access access, Provenance provenance) {
        this.caller = caller;
        this.commands = commands;
        this.keys = keys;
        this.access = access;
        this.provenance = provenance;
    }

    @POST
    @Path("/{id}/rotate")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    public Uni<RestResponse<ShownOnce>> rotate(@RestPath String id) {
        var who = caller.get();
        var key = keys.of(who, id);
        var secret = Secret.apiKey();
        var rotate = new RotateApiKey(key.id(), Secret.hash(secret));
        return provenance
                .of(who, Contracts.PLATFORM)
                .chain(from -> RefusalAnswers.named(commands.send(new Sender(Contracts.PLATFORM, from), rotate)))
                .map(handled -> handled.appended().orElseThrow().position())
                .call(access::reached)
                .map(position -> Written.recorded(new ShownOnce(id, secret), position));
    }
}
