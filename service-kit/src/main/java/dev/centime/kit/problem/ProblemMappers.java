package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.centime.kit.Problem;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which failure becomes which problem. The most specific method wins; the last is for what nobody foresaw. */
public class ProblemMappers {

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri, HttpServerRequest sent) {
        return answer(problem, uri, sent);
    }

    @ServerExceptionMapper(value = JacksonException.class, priority = 1)
    Response json(JacksonException failure, UriInfo uri, HttpServerRequest sent, ContainerRequestContext request) {
        return answer(Answering.has(request) ? Failures.bug(failure) : UnreadableJson.problem(failure), uri, sent);
    }

    /** Named by its class, since Quarkus brings a mapper for it that says nothing of the field. */
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = 1)
    Response mismatched(
            MismatchedInputException failure, UriInfo uri, HttpServerRequest sent, ContainerRequestContext request) {
        return json(failure, uri, sent, request);
    }

    @ServerExceptionMapper(value = ConstraintViolationException.class, priority = 1)
    Response invalid(ConstraintViolationException failure, UriInfo uri, HttpServerRequest sent) {
        return answer(InvalidFields.problem(failure), uri, sent);
    }

    @ServerExceptionMapper(
            value = {
                UnauthorizedException.class,
                AuthenticationFailedException.class,
                AuthenticationCompletionException.class
            },
            priority = 1)
    Response unauthenticated(UriInfo uri, HttpServerRequest sent) {
        return answer(Problem.unauthenticated(), uri, sent);
    }

    @ServerExceptionMapper(value = ForbiddenException.class, priority = 1)
    Response forbidden(UriInfo uri, HttpServerRequest sent) {
        return answer(Problem.forbidden("your role does not allow this"), uri, sent);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri, HttpServerRequest sent) {
        return answer(WebFailures.problem(failure), uri, sent);
    }

    @ServerExceptionMapper
    Response anything(Throwable failure, UriInfo uri, HttpServerRequest sent) {
        return answer(Failures.problem(failure, sent.isEnded()), uri, sent);
    }

    private static Response answer(Problem problem, UriInfo uri, HttpServerRequest sent) {
        return ProblemAnswer.response(problem, uri.getPath(), sent.getHeader(HttpHeaders.CONTENT_TYPE));
    }
}
