package dev.centime.gateway.door;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A browser's session: a cookie that scripts cannot read, and a token that only scripts of our own pages can send. The token
 * follows from the cookie's secret, so nothing more is stored; from the token nobody finds the secret.
 */
public final class Session {
    public static final String COOKIE = "centime_session";
    static final String CSRF_HEADER = "X-CSRF-Token";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private Session() {}

    static Optional<String> secret(HttpServerRequest request) {
        return Optional.ofNullable(request.getCookie(COOKIE)).map(cookie -> cookie.getValue());
    }

    static String csrfToken(String secret) {
        return Secret.hash("csrf:" + secret);
    }

    /** Whether a request by cookie comes from our own page: anything that only reads does no harm. */
    static boolean isOurs(HttpServerRequest request, String secret) {
        return SAFE.contains(request.method().name())
                || matches(csrfToken(secret), request.getHeader(CSRF_HEADER)) && isSameOrigin(request);
    }

    private static boolean matches(String expected, @Nullable String sent) {
        return sent != null
                && MessageDigest.isEqual(
                        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** Browsers say where a write comes from, programs need not. */
    private static boolean isSameOrigin(HttpServerRequest request) {
        var site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }
}
