package dev.centime.gateway.route;

import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.Doorkeeper;
import dev.centime.gateway.door.TokenMint;
import dev.centime.gateway.route.RouteTable.Found;
import dev.centime.kit.Problem;
import dev.centime.kit.problem.RoutedProblems;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Stands before the gateway's own resources and takes what is a service's. */
@ApplicationScoped
public class ServiceRoutes {
    /** After headers and body limit, before Quarkus reads anything. */
    private static final int ORDER = -5_000;

    private static final String ALIAS = "/api/analytics/";
    private static final String CANONICAL = "/api/v1/analytics/";

    private final RouteTable table;
    private final Doorkeeper doorkeeper;
    private final TokenMint mint;
    private final Relay relay;
    private final RoutedProblems problems;

    ServiceRoutes(RouteTable table, Doorkeeper doorkeeper, TokenMint mint, Relay relay, RoutedProblems problems) {
        this.table = table;
        this.doorkeeper = doorkeeper;
        this.mint = mint;
        this.relay = relay;
        this.problems = problems;
    }

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::route);
    }

    private void route(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.startsWith(ALIAS)) {
            context.reroute(CANONICAL + path.substring(ALIAS.length()) + query(context));
            return;
        }
        switch (table.find(context.request().method().name(), path)) {
            case Found.Here(Route route) -> admit(context, route);
            case Found.OtherMethods(var allowed) -> {
                context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
                problems.answer(
                        context,
                        Problem.of(405, "method-not-allowed", "Method not allowed", "this path has no such method"));
            }
            case Found.Nowhere() -> context.next();
        }
    }

    private static String query(RoutingContext context) {
        var query = context.request().query();
        return query == null ? "" : "?" + query;
    }

    private void admit(RoutingContext context, Route route) {
        // Whoever reads the body comes later; until then it waits at the sender.
        context.request().pause();
        doorkeeper
                .admit(context)
                .subscribe()
                .with(admitted -> pass(context, route, admitted), failure -> refuse(context, failure));
    }

    private void pass(RoutingContext context, Route route, @Nullable Admitted admitted) {
        try {
            if (admitted == null) {
                throw Problem.unauthenticated();
            }
            if (!route.roles().contains(admitted.caller().role())) {
                throw Problem.forbidden("your role does not allow this");
            }
            relay.pass(context, route, mint.token(admitted));
        } catch (Problem refused) {
            refuse(context, refused);
        }
    }

    private void refuse(RoutingContext context, Throwable failure) {
        // What was sent is let run dry, so that the caller is not cut off before he reads the answer.
        context.request().resume();
        problems.answer(context, failure);
    }
}
