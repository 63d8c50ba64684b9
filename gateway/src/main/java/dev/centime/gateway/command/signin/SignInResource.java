package dev.centime.gateway.command.signin;

import dev.centime.gateway.Me;
import dev.centime.gateway.door.Access;
import dev.centime.gateway.door.Doorkeeper;
import dev.centime.gateway.door.Sessions;
import dev.centime.gateway.door.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;

/** Opens a session for whoever has a key. */
@Path("/api/v1/auth/login")
public class SignInResource {
    private static final int MAX_KEY_LENGTH = 512;

    private final Doorkeeper doorkeeper;
    private final Sessions sessions;
    private final Access access;

    SignInResource(Doorkeeper doorkeeper, Sessions sessions, Access access) {
        this.doorkeeper = doorkeeper;
        this.sessions = sessions;
        this.access = access;
    }

    /** @param key an API key of any role that reads */
    public record SignIn(
            @NotBlank @Size(max = MAX_KEY_LENGTH) String key) {}

    @POST
    @PermitAll
    public Uni<RestResponse<Me>> signIn(@Valid @NotNull SignIn command, RoutingContext context) {
        return doorkeeper.recognize(command.key(), context.request()).chain(key -> sessions.open(key)
                .chain(opened -> doorkeeper
                        .admitted(key, opened.csrfToken())
                        .map(admitted -> Me.of(
                                admitted,
                                access.organization(admitted.caller().organization())
                                        .map(Tenant::organization)
                                        .orElse(null)))
                        .map(me -> RestResponse.ResponseBuilder.ok(me)
                                .cookie(opened.cookie())
                                .header("Cache-Control", "no-store")
                                .build())));
    }
}
