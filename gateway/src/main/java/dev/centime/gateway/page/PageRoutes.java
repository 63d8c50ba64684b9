package dev.centime.gateway.page;

import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Addresses of the page that are not the names of its files. */
@ApplicationScoped
class PageRoutes {

    void add(@Observes Router router) {
        router.get("/docs").handler(request -> request.reroute("/docs.html"));
    }
}
