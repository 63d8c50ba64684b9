package dev.centime.kit.position;

import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Headers;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds a GET that carries {@code Centime-At-Least} until every view of the service has folded that position in. */
public class AtLeastFilter {
    private final Instance<Projections> projections;
    private final Duration patience;

    AtLeastFilter(
            Instance<Projections> projections,
            @ConfigProperty(name = "centime.at-least.patience", defaultValue = "5s") Duration patience) {
        this.projections = projections;
        this.patience = patience;
    }

    @ServerRequestFilter
    public Uni<Void> hold(ContainerRequestContext request) {
        var header = request.getHeaderString(Headers.AT_LEAST);
        if (header == null || !request.getMethod().equals("GET") || projections.isUnsatisfied()) {
            return Uni.createFrom().voidItem();
        }
        var running = projections.get();
        List<Uni<Boolean>> awaited = running.names().stream()
                .map(name -> running.await(name, position(header), patience))
                .toList();
        if (awaited.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join().all(awaited).andFailFast().invoke(this::check).replaceWithVoid();
    }

    private static Position position(String header) {
        try {
            return Position.parse(header.strip());
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(Headers.AT_LEAST, "must be the Centime-Position of an answer");
        }
    }

    private void check(List<Boolean> arrived) {
        if (arrived.contains(false)) {
            throw Problem.unavailable(
                    "the views have not reached that position within " + patience.toSeconds() + " s", 1);
        }
    }
}
