package dev.centime.kit.problem;

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

    private final RoutedProblems problems;
    private final long limit;

    BodyLimit(RoutedProblems problems, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.problems = problems;
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
        problems.answer(context, WebFailures.tooLarge());
    }
}
