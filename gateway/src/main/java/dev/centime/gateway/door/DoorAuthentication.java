package dev.centime.gateway.door;

import dev.centime.kit.CurrentCaller;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Makes the doorkeeper's word count for the gateway's own resources. */
@ApplicationScoped
public class DoorAuthentication implements HttpAuthenticationMechanism {
    /** Attribute of the identity that holds the {@link Admitted}. */
    public static final String ADMITTED = "centime.admitted";

    private final Doorkeeper doorkeeper;

    DoorAuthentication(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        return doorkeeper.admit(context).onItem().ifNotNull().transform(DoorAuthentication::identity);
    }

    private static SecurityIdentity identity(Admitted admitted) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(admitted.caller().id()))
                .addRole(admitted.caller().role().text())
                .addAttribute(CurrentCaller.ATTRIBUTE, admitted.caller())
                .addAttribute(ADMITTED, admitted)
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of();
    }

    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1000;
    }
}
