package dev.centime.kit.projections;

import dev.centime.eventstore.projection.ProjectionStatus;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Page;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.quarkus.arc.properties.IfBuildProperty;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;

/** The views of this service: how far they are, what stands still, rebuilding. Names carry the service, as {@code ingest.cost-cells}. */
@Path("/api/v1/admin")
@RolesAllowed(Role.Names.PLATFORM_ADMIN)
@IfBuildProperty(name = "centime.behind-gateway", stringValue = "true")
public class ProjectionsResource {
    private final Projections projections;
    private final String prefix;

    ProjectionsResource(Projections projections, @ConfigProperty(name = "centime.schema") String schema) {
        this.projections = projections;
        this.prefix = schema + ".";
    }

    /** @param id of the rebuild, found in {@code /admin/replays} */
    public record Started(String id) {}

    @GET
    @Path("/projections")
    public Uni<Page<ProjectionStatus>> list() {
        return projections
                .status()
                .map(all -> new Page<>(all.stream().map(this::qualified).toList(), null));
    }

    @GET
    @Path("/replays")
    public Uni<Page<ProjectionStatus.Rebuild>> replays() {
        return projections.rebuilds().map(all -> new Page<>(List.copyOf(all), null));
    }

    @POST
    @Path("/projections/{name}/rebuild")
    public Uni<RestResponse<Started>> rebuild(String name) {
        return projections.rebuild(known(name)).map(id -> RestResponse.ResponseBuilder.<Started>create(202)
                .location(URI.create("/api/v1/admin/replays"))
                .entity(new Started(id))
                .build());
    }

    @POST
    @Path("/projections/{name}/parked/{id}/retry")
    public Uni<RestResponse<Void>> retry(String name, String id) {
        return projections.retry(known(name), id).map(ProjectionsResource::accepted);
    }

    @POST
    @Path("/projections/{name}/parked/{id}/skip")
    public Uni<RestResponse<Void>> skip(String name, String id) {
        return projections.skip(known(name), id).map(ProjectionsResource::accepted);
    }

    private static RestResponse<Void> accepted(boolean found) {
        if (!found) {
            throw Problem.notFound("that parked organization");
        }
        return RestResponse.ResponseBuilder.<Void>create(202).build();
    }

    private String known(String name) {
        var own = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        if (!projections.names().contains(own)) {
            throw Problem.notFound("projection " + name);
        }
        return own;
    }

    private ProjectionStatus qualified(ProjectionStatus status) {
        return new ProjectionStatus(
                prefix + status.name(),
                status.state(),
                status.generation(),
                status.lagEvents(),
                status.lagSeconds(),
                status.positions(),
                status.parked(),
                status.rebuild());
    }
}
