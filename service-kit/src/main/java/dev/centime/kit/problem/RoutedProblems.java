package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Answers with problems where no JAX-RS resource stands: in routes of Vert.x. */
@Singleton
public class RoutedProblems {
    private final ObjectMapper mapper;

    RoutedProblems(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** Any failure, as {@link ProblemMappers} would answer it. Does nothing when an answer has begun. */
    public void answer(RoutingContext context, Throwable failure) {
        var response = context.response();
        if (response.headWritten() || response.closed()) {
            return;
        }
        var problem = Failures.problem(failure);
        response.setStatusCode(problem.status());
        var retryAfter = problem.retryAfterSeconds();
        if (retryAfter != null) {
            response.putHeader(HttpHeaders.RETRY_AFTER, retryAfter.toString());
        }
        if (problem.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        if (OtlpStatus.isFor(context.normalizedPath())) {
            var status = OtlpStatus.of(problem, context.request().getHeader(HttpHeaders.CONTENT_TYPE));
            response.putHeader(HttpHeaders.CONTENT_TYPE, status.mediaType()).end(Buffer.buffer(status.body()));
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswer.MEDIA_TYPE);
        try {
            response.end(mapper.writeValueAsString(
                    ProblemAnswer.of(problem, context.request().path())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
