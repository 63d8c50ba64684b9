package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.LogUnavailable;
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
        return answer(unauthenticated(), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response unauthenticated(AuthenticationException failure, UriInfo uri) {
        return answer(unauthenticated(), uri);
    }

    @ServerExceptionMapper(priority = 1)
    Response forbidden(ForbiddenException failure, UriInfo uri) {
        return answer(Problem.forbidden("your role does not allow this"), uri);
    }

    @ServerExceptionMapper
    Response logAway(LogUnavailable failure, UriInfo uri) {
        return answer(Problem.unavailable("the event log cannot be reached; nothing was changed for certain", 1), uri);
    }

    /** Whoever decides tries again himself; what still loses met more contention than a caller should wait for. */
    @ServerExceptionMapper
    Response contended(AppendRejected failure, UriInfo uri) {
        return answer(Problem.unavailable("too many changes to the same thing at once", 1), uri);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException failure, UriInfo uri) {
        return answer(WebFailures.problem(failure), uri);
    }

    @ServerExceptionMapper
    Response anything(Throwable failure, UriInfo uri) {
        return answer(Failures.problem(failure), uri);
    }

    private static Problem unauthenticated() {
        return Problem.of(
                401, "unauthenticated", "Sign in first", "no valid key, token or session came with the request");
    }

    private static Response answer(Problem problem, UriInfo uri) {
        return ProblemAnswer.response(problem, uri.getPath());
    }
}
