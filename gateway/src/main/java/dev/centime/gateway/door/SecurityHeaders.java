package dev.centime.gateway.door;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/** What a browser is told on every answer: run nothing, load nothing, frame nothing but what comes from here. */
@ApplicationScoped
public class SecurityHeaders {
    /** Before everything: also an error carries them. */
    private static final int ORDER = -20_000;

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy", CONTENT_SECURITY_POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private static final String CACHE_CONTROL = "Cache-Control";

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(this::add);
    }

    private void add(RoutingContext context) {
        var path = context.normalizedPath();
        context.addHeadersEndHandler(end -> set(path, context.response().headers()));
        context.next();
    }

    /** At the last moment, over what a service behind may have said. */
    private static void set(String path, MultiMap headers) {
        ALWAYS.forEach(headers::set);
        if (path.equals("/") || path.endsWith(".html")) {
            // The page names its scripts by their hashes; an old page would ask for scripts that are gone.
            headers.set(CACHE_CONTROL, "no-cache");
        } else if (path.startsWith("/api/") && !headers.contains(CACHE_CONTROL)) {
            headers.set(CACHE_CONTROL, "no-store");
        }
    }
}
