package dev.centime.kit.access;

import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.JoseException;

/** Verifies a token once and remembers whose it is until it expires: the gateway sends the same one with many calls. */
@ApplicationScoped
public class VerifiedTokens {
    private static final int MAX_REMEMBERED = 10_000;

    private final GatewayKeys keys;
    private final JWTParser parser;
    private final Map<String, Verified> remembered = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    VerifiedTokens(GatewayKeys keys, JWTParser parser) {
        this.keys = keys;
        this.parser = parser;
    }

    private record Verified(SecurityIdentity identity, Instant expiresAt) {}

    /** @throws AuthenticationFailedException (as a failure) when it is forged, expired or not meant for Centime */
    Uni<SecurityIdentity> verify(String token) {
        var known = remembered.get(token);
        if (known != null) {
            if (Instant.now().isBefore(known.expiresAt)) {
                return Uni.createFrom().item(known.identity);
            }
            remembered.remove(token);
        }
        return keys.key(keyId(token))
                .onFailure(failure -> !(failure instanceof AuthenticationFailedException))
                .transform(failure -> Problem.unavailable("the gateway's signing keys cannot be reached", 1))
                .map(key -> remember(token, key));
    }

    private SecurityIdentity remember(String token, PublicKey key) {
        try {
            var jwt = parser.verify(token, key);
            var caller = caller(jwt);
            var identity = QuarkusSecurityIdentity.builder()
                    .setPrincipal(jwt)
                    .addRole(caller.role().text())
                    .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                    .build();
            remembered.put(token, new Verified(identity, Instant.ofEpochSecond(jwt.getExpirationTime())));
            return identity;
        } catch (ParseException | IllegalArgumentException e) {
            throw new AuthenticationFailedException(e);
        }
    }

    private static Caller caller(JsonWebToken jwt) {
        String organization = jwt.getClaim("org");
        if (jwt.getSubject() == null || organization == null || jwt.getGroups().size() != 1) {
            throw new AuthenticationFailedException("the token does not say who calls");
        }
        return new Caller(
                jwt.getSubject(), Role.of(jwt.getGroups().iterator().next()), organization, jwt.getClaim("user"));
    }

    private static String keyId(String token) {
        try {
            var id = JsonWebStructure.fromCompactSerialization(token).getKeyIdHeaderValue();
            if (id == null) {
                throw new AuthenticationFailedException("the token names no key");
            }
            return id;
        } catch (JoseException e) {
            throw new AuthenticationFailedException(e);
        }
    }
}
