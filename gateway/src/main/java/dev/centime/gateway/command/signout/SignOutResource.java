package dev.centime.gateway.command.signout;

import dev.centime.gateway.door.Sessions;
import dev.centime.kit.CurrentCaller;
import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;

/** Ends the session that the request came with. */
@Path("/api/v1/auth/logout")
public class SignOutResource {
    private final CurrentCaller caller;
    private final Sessions sessions;

    SignOutResource(CurrentCaller caller, Sessions sessions) {
        this.caller = caller;
        this.sessions = sessions;
    }

    @POST
    @Authenticated
    public Uni<RestResponse<Void>> signOut(RoutingContext context) {
        return sessions.close(context, caller.get().id())
                .map(gone -> RestResponse.ResponseBuilder.<Void>create(RestResponse.Status.NO_CONTENT)
                        .cookie(gone)
                        .build());
    }
}
