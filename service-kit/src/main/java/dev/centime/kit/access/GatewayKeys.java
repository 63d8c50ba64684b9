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
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that the gateway signs with. Fetched when a token names one that is not known, at most once a second, so that
 * a gateway with a new key is believed at once and forged key ids cost nothing.
 */
@ApplicationScoped
public class GatewayKeys {
    private static final Duration FETCH_INTERVAL = Duration.ofSeconds(1);
    private static final int FETCH_TIMEOUT_MS = 10_000;

    private final HttpClient client;
    private final String url;
    private final AtomicReference<@Nullable Fetch> last = new AtomicReference<>();
    private volatile Map<String, PublicKey> keys = Map.of();

    GatewayKeys(Vertx vertx, @ConfigProperty(name = "centime.jwks-url") String url) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(FETCH_TIMEOUT_MS));
        this.url = url;
    }

    /** @param keys for all who ask while it is under way, and until the next */
    private record Fetch(long atNanos, Uni<Map<String, PublicKey>> keys) {}

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
        var now = System.nanoTime();
        return Objects.requireNonNull(last.updateAndGet(before ->
                        before != null && now - before.atNanos < FETCH_INTERVAL.toNanos() ? before : begun(now)))
                .keys;
    }

    /** Asks when the first does who is told of it. */
    private Fetch begun(long now) {
        return new Fetch(now, fetch().invoke(found -> keys = found).memoize().indefinitely());
    }

    private Uni<Map<String, PublicKey>> fetch() {
        var request = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(url)
                .setTimeout(FETCH_TIMEOUT_MS);
        // Off the event loops, a step after the first could be added when the answer has passed by already.
        return Uni.createFrom()
                .completionStage(() -> client.request(request)
                        .compose(sent -> sent.send().compose(response -> response.body()))
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
