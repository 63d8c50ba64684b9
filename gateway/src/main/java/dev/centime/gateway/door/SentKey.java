package dev.centime.gateway.door;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The API key of a request: as bearer, or as the password of basic authentication, which is how Langfuse's clients send theirs. */
final class SentKey {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private SentKey() {}

    static Optional<String> of(HttpServerRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return Optional.of(password(header.substring(BASIC.length()).strip()));
        }
        // Some other scheme: present, and opens nothing.
        return Optional.of("");
    }

    private static String password(String encoded) {
        try {
            var pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
