package dev.centime.gateway.view.signingkeys;

import dev.centime.gateway.door.SigningKey;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;

/** The public keys by which services verify the gateway's tokens. */
@Path("/.well-known/jwks.json")
public class SigningKeysResource {
    private final SigningKey key;

    SigningKeysResource(SigningKey key) {
        this.key = key;
    }

    @GET
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public RestResponse<String> keys() {
        return RestResponse.ResponseBuilder.ok(key.jwks())
                .header("Cache-Control", "public, max-age=60")
                .build();
    }
}
