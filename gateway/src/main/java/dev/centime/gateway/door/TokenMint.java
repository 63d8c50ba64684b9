package dev.centime.gateway.door;

import dev.centime.kit.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs who calls, for the services. A signature costs more than a lookup, so each caller's is used until half its life is over. */
@ApplicationScoped
public class TokenMint {
    static final Duration LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_REMEMBERED = 10_000;

    /** Clocks of two machines are never quite the same. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    private final SigningKey key;
    private final Clock clock;
    private final Map<Caller, Minted> minted = Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Caller, Minted> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    TokenMint(SigningKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    private record Minted(String token, Instant reuseUntil) {}

    /** A token for a caller that lasts at least half of {@link #LIFETIME}, or as long as his key does. */
    public String token(Admitted admitted) {
        var now = clock.instant();
        var known = minted.get(admitted.caller());
        if (known != null && now.isBefore(known.reuseUntil)) {
            return known.token;
        }
        var expiresAt = now.plus(LIFETIME);
        var keyExpiresAt = admitted.key().expiresAt();
        if (keyExpiresAt != null && keyExpiresAt.isBefore(expiresAt)) {
            expiresAt = keyExpiresAt;
        }
        var token = sign(admitted.caller(), now, expiresAt);
        minted.put(
                admitted.caller(),
                new Minted(token, now.plus(Duration.between(now, expiresAt).dividedBy(2))));
        return token;
    }

    private String sign(Caller caller, Instant now, Instant expiresAt) {
        var claims = new JwtClaims();
        claims.setIssuer("centime");
        claims.setAudience("centime");
        claims.setSubject(caller.id());
        claims.setStringListClaim("groups", List.of(caller.role().text()));
        claims.setStringClaim("org", caller.organization());
        if (caller.user() != null) {
            claims.setStringClaim("user", caller.user());
        }
        claims.setIssuedAt(NumericDate.fromSeconds(now.minus(SKEW).getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(expiresAt.getEpochSecond()));
        var signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue("ES256");
        signature.setKeyIdHeaderValue(key.id());
        signature.setHeader("typ", "JWT");
        signature.setKey(key.privateKey());
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the signing key does not sign", e);
        }
    }
}
