package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.centime.kit.Problem;
import jakarta.ws.rs.WebApplicationException;

/** What JAX-RS itself refuses: no such path, method or media type, a body too large. */
final class WebFailures {
    private WebFailures() {}

    static Problem problem(WebApplicationException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            switch (cause) {
                case Problem problem -> {
                    return problem;
                }
                case JacksonException json -> {
                    return UnreadableJson.problem(json);
                }
                case IllegalArgumentException _, java.time.DateTimeException _ -> {
                    return Problem.badRequest("query", "has a parameter that cannot be read");
                }
                default -> {}
            }
        }
        var status = failure.getResponse().getStatus();
        return switch (status) {
            case 400 -> Problem.of(400, "bad-request", "The request cannot be understood", "its syntax is broken");
            case 404 -> Problem.of(404, "not-found", "Not found", "there is nothing at this path");
            case 405 -> Problem.of(405, "method-not-allowed", "Method not allowed", "this path has no such method");
            case 406 -> Problem.of(406, "not-acceptable", "Not acceptable", "the answer has no such media type");
            case 413 -> tooLarge();
            case 415 ->
                Problem.of(
                        415, "unsupported-media-type", "Unsupported media type", "send the body in another media type");
            default -> status >= 500 ? Failures.problem(failure) : Problem.of(status, "refused", "Refused", "");
        };
    }

    static Problem tooLarge() {
        return Problem.tooLarge("a body may have at most 16 MB");
    }
}
