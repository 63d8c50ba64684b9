package dev.centime.gateway.view.me;

import dev.centime.gateway.Me;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.gateway.door.Tenant;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Tells the caller who he is. */
@Path("/api/v1/me")
public class MeResource {
    private final SecurityIdentity identity;
    private final Access access;

    MeResource(SecurityIdentity identity, Access access) {
        this.identity = identity;
        this.access = access;
    }

    @GET
    @Authenticated
    public Me me() {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var organization = access.organization(admitted.caller().organization());
        return Me.of(admitted, organization.map(Tenant::organization).orElse(null));
    }
}
