package dev.centime.kit.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says "too large" as a problem, before Quarkus would say it with an empty body. */
@ApplicationScoped
public class BodyLimit {
    /** Before everything else that looks at a body. */
    private static final int ORDER = -10_000;

    /** A sender still sending would see a reset instead of the answer, so that much is let run dry. */
    private static final long DRAINED = 64L << 20;

    private final ObjectMapper mapper;
    private final long limit;

    BodyLimit(ObjectMapper mapper, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.mapper = mapper;
        this.limit = limit.asLongValue();
    }

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::check);
    }

    private void check(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || !isMore(length)) {
            context.next();
            return;
        }
        if (Long.parseLong(length) <= DRAINED) {
            context.request().endHandler(end -> answer(context)).resume();
        } else {
            context.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(context);
        }
    }

    /** The HTTP server has refused what is no number. */
    private boolean isMore(String length) {
        return Long.parseLong(length) > limit;
    }

    private void answer(RoutingContext context) {
        var problem = WebFailures.tooLarge();
        try {
            context.response()
                    .setStatusCode(problem.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, ProblemAnswer.MEDIA_TYPE)
                    .end(mapper.writeValueAsString(
                            ProblemAnswer.of(problem, context.request().path())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
