package dev.centime.kit.problem;

import dev.centime.kit.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Says "too large" as a problem, before Quarkus would say it with an empty body. */
@ApplicationScoped
public class BodyLimit {
    /** Before everything else that looks at a body. */
    private static final int ORDER = -10_000;

    private final RoutedProblems problems;
    private final BodySizes sizes;

    BodyLimit(RoutedProblems problems, BodySizes sizes) {
        this.problems = problems;
        this.sizes = sizes;
    }

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::check);
    }

    private void check(RoutingContext context) {
        // The HTTP server has refused what is no number.
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        var limit = sizes.most(context.normalizedPath());
        if (length == null || Long.parseLong(length) <= limit) {
            context.next();
            return;
        }
        RunDry.before(context, () -> answer(context, limit));
    }

    private void answer(RoutingContext context, long limit) {
        problems.answer(context, sizes.isForFiles(context.normalizedPath()) ? tooLarge(limit) : WebFailures.tooLarge());
    }

    private static Problem tooLarge(long limit) {
        return Problem.tooLarge("a file may have at most " + (limit >> 20) + " MB");
    }
}
