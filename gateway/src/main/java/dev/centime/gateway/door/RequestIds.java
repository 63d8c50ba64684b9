package dev.centime.gateway.door;

import dev.centime.kit.Headers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Every request has an id: the caller's own where it is one, else a new one. The answer says it, and so do the events that follow. */
@ApplicationScoped
public class RequestIds {
    /** Before anything can be answered, after the headers that every answer has. */
    private static final int ORDER = -15_000;

    private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    void install(@Observes Router router) {
        router.route().order(ORDER).handler(RequestIds::give);
    }

    private static void give(RoutingContext context) {
        var headers = context.request().headers();
        var sent = headers.get(Headers.REQUEST_ID);
        if (sent == null || !USABLE.matcher(sent).matches()) {
            // It guards nothing: no secure randomness is spent on it.
            var random = ThreadLocalRandom.current();
            sent = new UUID(random.nextLong(), random.nextLong()).toString();
            headers.set(Headers.REQUEST_ID, sent);
        }
        context.response().putHeader(Headers.REQUEST_ID, sent);
        context.next();
    }
}
