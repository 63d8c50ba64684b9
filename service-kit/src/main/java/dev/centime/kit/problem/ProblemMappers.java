package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.centime.kit.Problem;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Which failure becomes which problem. The most specific method wins; the last is for what nobody foresaw. */
public class ProblemMappers {

    @ServerExceptionMapper
    Response problem(Problem problem, UriInfo uri) {
        return answer(problem, uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response unreadable(JacksonException failure, UriInfo uri) {
        return answer(UnreadableJson.problem(failure), uri);
    }

    /** Named by its class, since Quarkus brings a mapper for it that says nothing of the field. */
    @ServerExceptionMapper(priority = 1)
    Response mismatched(com.fasterxml.jackson.databind.exc.MismatchedInputException failure, UriInfo uri) {
        return answer(UnreadableJson.problem(failure), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        return answer(InvalidFields.problem(failure), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthorized(UnauthorizedException failure, UriInfo uri) {
        return answer(Problem.unauthenticated(), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthenticated(AuthenticationException failure, UriInfo uri) {
        return answer(Problem.unauthenticated(), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException failure, UriInfo uri) {
        return answer(Problem.forbidden("your role does not allow this"), uri);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri) {
        return answer(WebFailures.problem(failure), uri);
    }

    @ServerExceptionMapper
    Response anything(Throwable failure, UriInfo uri) {
        return answer(Failures.problem(failure), uri);
    }

    private static Response answer(Problem problem, UriInfo uri) {
        return ProblemAnswer.response(problem, uri.getPath());
    }
}
