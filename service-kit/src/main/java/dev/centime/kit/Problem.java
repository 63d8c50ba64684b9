package dev.centime.kit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A "no" that the caller can understand: problem details of RFC 9457. Thrown (or failed with) anywhere behind the door, answered
 * as {@code application/problem+json} with {@code errors: [{field, reason}]}.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String title;
    private final transient List<FieldError> errors = new ArrayList<>();
    private final transient Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
    private @Nullable Integer retryAfterSeconds;

    /** A field at fault; dotted path, indexes in brackets. */
    public record FieldError(String field, String reason) {}

    private Problem(int status, String type, String title, @Nullable String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.type = type;
        this.title = title;
    }

    /** @param type a stable name such as {@code budget-exceeded}; becomes {@code urn:centime:problem:TYPE} */
    public static Problem of(int status, String type, String title, String detail) {
        return new Problem(status, type, title, detail);
    }

    /** 400: the query or the syntax. */
    public static Problem badRequest(String field, String reason) {
        return new Problem(400, "bad-request", "The request cannot be understood", field + " " + reason)
                .field(field, reason);
    }

    /** 422: a field of the body. */
    public static Problem unprocessable(String field, String reason) {
        return new Problem(422, "invalid-body", "The body cannot be accepted", field + " " + reason)
                .field(field, reason);
    }

    /** 422: several fields of the body. @param errors at least one */
    public static Problem unprocessable(List<FieldError> errors) {
        var problem = new Problem(
                422,
                "invalid-body",
                "The body cannot be accepted",
                errors.getFirst().field() + " " + errors.getFirst().reason());
        problem.errors.addAll(errors);
        return problem;
    }

    /** 401. */
    public static Problem unauthenticated() {
        return new Problem(
                401, "unauthenticated", "Sign in first", "no valid key, token or session came with the request");
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail);
    }

    /** 404, also for what is another organization's. */
    public static Problem notFound(String what) {
        return new Problem(404, "not-found", "Not found", what + " does not exist");
    }

    /** 409: the state does not allow it. */
    public static Problem conflict(String detail) {
        return new Problem(409, "conflict", "Not in this state", detail);
    }

    /** 412: If-Match names an older version. */
    public static Problem stale(String detail) {
        return new Problem(412, "stale", "Changed in between", detail);
    }

    /** 428: the call must say which version it changes. */
    public static Problem preconditionRequired() {
        return new Problem(
                428,
                "precondition-required",
                "If-Match is required",
                "send the ETag of the version to change as If-Match");
    }

    /** 413. */
    public static Problem tooLarge(String detail) {
        return new Problem(413, "too-large", "The body is too large", detail).field("body", detail);
    }

    /** 429 with Retry-After. */
    public static Problem tooMany(String detail, int retryAfterSeconds) {
        var problem = new Problem(429, "too-many-requests", "Too many requests", detail);
        problem.retryAfterSeconds = retryAfterSeconds;
        return problem;
    }

    /** 503 with Retry-After. */
    public static Problem unavailable(String detail, int retryAfterSeconds) {
        var problem = new Problem(503, "unavailable", "Not available now", detail);
        problem.retryAfterSeconds = retryAfterSeconds;
        return problem;
    }

    public Problem field(String field, String reason) {
        errors.add(new FieldError(field, reason));
        return this;
    }

    /** A further member of the answer. @param value null where there is none, which is said */
    public Problem with(String name, @Nullable Object value) {
        extensions.put(name, value);
        return this;
    }

    public int status() {
        return status;
    }

    public String type() {
        return type;
    }

    public String title() {
        return title;
    }

    public List<FieldError> errors() {
        return List.copyOf(errors);
    }

    public Map<String, @Nullable Object> extensions() {
        return extensions;
    }

    public @Nullable Integer retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
