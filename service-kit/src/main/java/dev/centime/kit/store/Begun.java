package dev.centime.kit.store;

import dev.centime.kit.Problem;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Whether the service has begun: ready when it has, and 503 to whoever comes before. */
@Readiness
@ApplicationScoped
public class Begun implements AsyncHealthCheck {
    private volatile boolean begun;

    void now() {
        begun = true;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(HealthCheckResponse.named("schema").status(begun).build());
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseBefore(ContainerRequestContext request) {
        if (!begun) {
            throw Problem.unavailable("the service is starting", 1);
        }
    }
}
