package dev.centime.kit.access;

import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The public keys that the gateway signs with. Fetched when a token names one that is not known, at most once a second, so that
 * a gateway with a new key is believed at once and forged key ids cost nothing.
 */
@ApplicationScoped
public class GatewayKeys {
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(1);
    private static final int FETCH_TIMEOUT_MS = 3_000;

    private final HttpClient client;
    private final String url;
    private final AtomicLong fetchedAtNanos = new AtomicLong(System.nanoTime() - FETCH_INTERVAL.toNanos());
    private volatile Map<String, PublicKey> keys = Map.of();
    private volatile Uni<Map<String, PublicKey>> fetching = Uni.createFrom().item(Map.of());

    GatewayKeys(Vertx vertx, @ConfigProperty(name = "centime.jwks-url") String url) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(FETCH_TIMEOUT_MS));
        this.url = url;
    }

    /** @throws AuthenticationFailedException (as a failure) when the gateway has no such key */
    Uni<PublicKey> key(String id) {
        var known = keys.get(id);
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        return newest().map(found -> {
            var key = found.get(id);
            if (key == null) {
                throw new AuthenticationFailedException("the token is signed with a key that is not the gateway's");
            }
            return key;
        });
    }

    private Uni<Map<String, PublicKey>> newest() {
        var last = fetchedAtNanos.get();
        var now = System.nanoTime();
        if (now - last >= FETCH_INTERVAL.toNanos() && fetchedAtNanos.compareAndSet(last, now)) {
            fetching = fetch().invoke(found -> keys = found).memoize().indefinitely();
        }
        return fetching;
    }

    private Uni<Map<String, PublicKey>> fetch() {
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setTimeout(FETCH_TIMEOUT_MS);
        return Uni.createFrom()
                .completionStage(() -> client.request(request)
                        .compose(sent -> sent.send())
                        .compose(response -> response.body())
                        .toCompletionStage())
                .map(body -> parse(body.toString()));
    }

    private static Map<String, PublicKey> parse(String jwks) {
        try {
            return new JsonWebKeySet(jwks)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .map(PublicJsonWebKey.class::cast)
                            .collect(Collectors.toMap(PublicJsonWebKey::getKeyId, PublicJsonWebKey::getPublicKey));
        } catch (JoseException e) {
            throw new IllegalStateException("the gateway's keys cannot be read", e);
        }
    }
}
