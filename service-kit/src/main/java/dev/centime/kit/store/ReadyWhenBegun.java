package dev.centime.kit.store;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when schema, log, projections and what is held in memory are there. */
@Readiness
@ApplicationScoped
public class ReadyWhenBegun implements AsyncHealthCheck {
    private final Begun begun;

    ReadyWhenBegun(Begun begun) {
        this.begun = begun;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return Uni.createFrom()
                .item(() ->
                        HealthCheckResponse.named("begun").status(begun.isSo()).build());
    }
}
