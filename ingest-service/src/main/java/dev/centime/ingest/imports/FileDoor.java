package dev.centime.ingest.imports;

import dev.centime.kit.problem.BodySizes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Lets files past the bound that Quarkus has for all bodies. It looks at the length that is announced; a file's has been looked at by
 * then, and its bytes are counted as they come.
 */
@ApplicationScoped
public class FileDoor {
    /** After the kit's own bound, before Quarkus'. */
    private static final int ORDER = -9_000;

    private final BodySizes sizes;

    FileDoor(BodySizes sizes) {
        this.sizes = sizes;
    }

    void install(@Observes Router router) {
        router.post(ImportsResource.PATH).order(ORDER).handler(this::letPast);
    }

    private void letPast(RoutingContext context) {
        if (sizes.isForFiles(context.normalizedPath())) {
            context.request().headers().remove(HttpHeaders.CONTENT_LENGTH);
        }
        context.next();
    }
}
