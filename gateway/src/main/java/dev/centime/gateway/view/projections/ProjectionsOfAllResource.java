package dev.centime.gateway.view.projections;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.gateway.GatewaySettings;
import dev.centime.gateway.door.Admitted;
import dev.centime.gateway.door.DoorAuthentication;
import dev.centime.gateway.door.TokenMint;
import dev.centime.gateway.route.Service;
import dev.centime.gateway.route.ServiceQuestions;
import dev.centime.gateway.route.ServiceQuestions.Answer;
import dev.centime.gateway.route.ServiceQuestions.Question;
import dev.centime.kit.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How far the views of every service are. A service that does not answer is named instead. */
@Path("/api/v1/admin")
@RolesAllowed(Role.Names.PLATFORM_ADMIN)
@Tag(name = "Platform")
public class ProjectionsOfAllResource {
    private final SecurityIdentity identity;
    private final ServiceQuestions services;
    private final TokenMint mint;
    private final GatewaySettings settings;

    ProjectionsOfAllResource(
            SecurityIdentity identity, ServiceQuestions services, TokenMint mint, GatewaySettings settings) {
        this.identity = identity;
        this.services = services;
        this.mint = mint;
        this.settings = settings;
    }

    private record Part(Service service, Optional<JsonNode> items) {}

    @GET
    @Path("/projections")
    @Operation(summary = "The views of all services: state, lag, position, what is parked")
    public Uni<JsonNode> projections() {
        return all("/api/v1/admin/projections");
    }

    @GET
    @Path("/replays")
    @Operation(summary = "Rebuilds under way and ended, of all services")
    public Uni<JsonNode> replays() {
        return all("/api/v1/admin/replays");
    }

    private Uni<JsonNode> all(String path) {
        Admitted admitted = identity.getAttribute(DoorAuthentication.ADMITTED);
        var headers = Map.of("Authorization", "Bearer " + mint.token(admitted));
        return Uni.join()
                .all(Arrays.stream(Service.values())
                        .map(service -> part(service, path, headers))
                        .toList())
                .andFailFast()
                .map(ProjectionsOfAllResource::combined);
    }

    private Uni<Part> part(Service service, String path, Map<String, String> headers) {
        return services.ask(
                        Question.get(service, path, headers),
                        settings.timeouts().section())
                .map(answer -> new Part(service, items(answer)))
                .onFailure()
                .recoverWithItem(new Part(service, Optional.empty()));
    }

    private static Optional<JsonNode> items(Answer answer) {
        return answer.isOk() ? Optional.of(answer.body().path("items")) : Optional.empty();
    }

    private static JsonNode combined(Iterable<Part> parts) {
        var body = JsonNodeFactory.instance.objectNode();
        var items = body.putArray("items");
        body.putNull("next_cursor");
        var unavailable = body.putArray("unavailable");
        for (var part : parts) {
            part.items()
                    .ifPresentOrElse(
                            found -> found.forEach(items::add),
                            () -> unavailable.add(part.service().text()));
        }
        return body;
    }
}
