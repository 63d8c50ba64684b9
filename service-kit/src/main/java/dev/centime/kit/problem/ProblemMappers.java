package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.centime.kit.Problem;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
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
    Response problem(Problem problem, UriInfo uri) {
        return answer(problem, uri);
    }

    @ServerExceptionMapper(value = JacksonException.class, priority = 1)
    Response json(JacksonException failure, UriInfo uri, ContainerRequestContext request) {
        return answer(Answering.has(request) ? Failures.bug(failure) : UnreadableJson.problem(failure), uri);
    }

    /** Named by its class, since Quarkus brings a mapper for it that says nothing of the field. */
    @ServerExceptionMapper(value = MismatchedInputException.class, priority = 1)
    Response mismatched(MismatchedInputException failure, UriInfo uri, ContainerRequestContext request) {
        return json(failure, uri, request);
    }

    @ServerExceptionMapper(value = ConstraintViolationException.class, priority = 1)
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        return answer(InvalidFields.problem(failure), uri);
    }

    @ServerExceptionMapper(
            value = {
                UnauthorizedException.class,
                AuthenticationFailedException.class,
                AuthenticationCompletionException.class
            },
            priority = 1)
    Response unauthenticated(UriInfo uri) {
        return answer(Problem.unauthenticated(), uri);
    }

    @ServerExceptionMapper(value = ForbiddenException.class, priority = 1)
    Response forbidden(UriInfo uri) {
        return answer(Problem.forbidden("your role does not allow this"), uri);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri) {
        return answer(WebFailures.problem(failure), uri);
    }

    @ServerExceptionMapper
    Response anything(Throwable failure, UriInfo uri, HttpServerRequest request) {
        return answer(Failures.problem(failure, request.isEnded()), uri);
    }

    private static Response answer(Problem problem, UriInfo uri) {
        return ProblemAnswer.response(problem, uri.getPath());
    }
}
