package dev.centime.kit.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.centime.kit.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as it goes out. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
public record ProblemAnswer(
        String type,
        String title,
        int status,
        @Nullable String detail,
        String instance,
        List<Problem.FieldError> errors,
        @JsonAnyGetter Map<String, @Nullable Object> extensions) {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final MediaType MEDIA = MediaType.valueOf(MEDIA_TYPE);

    /** @param path of the request, which the answer names as its instance */
    public static ProblemAnswer of(Problem problem, String path) {
        return new ProblemAnswer(
                "urn:centime:problem:" + problem.type(),
                problem.title(),
                problem.status(),
                problem.getMessage(),
                path,
                problem.errors(),
                problem.extensions());
    }

    /** @param contentType of the request, null when it has none */
    static Response response(Problem problem, String path, @Nullable String contentType) {
        var response = Response.status(problem.status());
        if (OtlpStatus.isFor(path)) {
            var status = OtlpStatus.of(problem, contentType);
            response.type(status.mediaType()).entity(status.body());
        } else {
            response.type(MEDIA).entity(of(problem, path));
        }
        var retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }
}
