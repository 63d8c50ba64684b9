package dev.centime.gateway.route;

import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.Doorkeeper;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.problem.RoutedProblems;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * What the platform's own machines ask of the gateway, under {@code /q}: health is for all, metrics and the rest for a platform
 * admin (decision 0076).
 */
@ApplicationScoped
public class PlatformPaths {
    /** As early as the routes to services. */
    private static final int ORDER = -5_000;

    private static final String HEALTH = "/q/health";

    private final Doorkeeper doorkeeper;
    private final RoutedProblems problems;

    PlatformPaths(Doorkeeper doorkeeper, RoutedProblems problems) {
        this.doorkeeper = doorkeeper;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route("/q/*").order(ORDER).handler(this::guard);
    }

    private void guard(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
            context.next();
            return;
        }
        context.request().pause();
        doorkeeper
                .admit(context)
                .subscribe()
                .with(admitted -> pass(context, admitted), failure -> refuse(context, failure));
    }

    private void pass(RoutingContext context, @Nullable Admitted admitted) {
        if (admitted == null) {
            refuse(context, Problem.unauthenticated());
        } else if (admitted.caller().role() != Role.PLATFORM_ADMIN) {
            refuse(context, Problem.forbidden("your role does not allow this"));
        } else {
            context.request().resume();
            context.next();
        }
    }

    private void refuse(RoutingContext context, Throwable failure) {
        context.request().resume();
        problems.answer(context, failure);
    }
}
