package dev.centime.kit.idempotency;

import dev.centime.kit.Caller;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The key of the request at hand, and the ids that follow from it. */
@RequestScoped
public class IdempotencyKey {
    private static final int MAX_LENGTH = 255;

    private final HttpHeaders headers;

    IdempotencyKey(HttpHeaders headers) {
        this.headers = headers;
    }

    /** @throws Problem 400 when it is no visible ASCII of at most 255 characters */
    public Optional<String> text() {
        var key = headers.getHeaderString(Headers.IDEMPOTENCY_KEY);
        if (key == null) {
            return Optional.empty();
        }
        if (key.isEmpty() || key.length() > MAX_LENGTH || key.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
            throw Problem.badRequest(Headers.IDEMPOTENCY_KEY, "must be 1 to 255 visible ASCII characters");
        }
        return Optional.of(key);
    }

    /**
     * An id for what the request makes: the same for the same key of the same caller, at random without a key.
     *
     * @param what tells several ids of one request apart
     */
    public String id(Caller caller, String what) {
        return text().map(key -> String.join("\n", caller.organization(), caller.id(), key, what))
                .map(name -> UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(UUID::randomUUID)
                .toString();
    }

    /** 422: the key came before, with something else. */
    public static Problem reused(String detail) {
        return Problem.of(422, "idempotency-key-reused", "The key belongs to another request", detail)
                .field(Headers.IDEMPOTENCY_KEY, "was used for another request");
    }
}
