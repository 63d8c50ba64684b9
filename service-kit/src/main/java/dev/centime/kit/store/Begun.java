package dev.centime.kit.store;

import dev.centime.kit.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Whether the service has begun: 503 to whoever comes before. */
@ApplicationScoped
public class Begun {
    private volatile boolean begun;

    void now() {
        begun = true;
    }

    boolean isSo() {
        return begun;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseBefore(ContainerRequestContext request) {
        if (!begun) {
            throw Problem.unavailable("the service is starting", 1);
        }
    }
}
