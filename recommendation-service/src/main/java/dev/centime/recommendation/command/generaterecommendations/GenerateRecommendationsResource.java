package dev.centime.recommendation.command.generaterecommendations;

import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /recommendations/generate}. */
@Path("/api/v1/recommendations/generate")
@Tag(name = "Recommendations")
public class GenerateRecommendationsResource {
    private final CurrentCaller current;
    private final GenerateRecommendations recommendations;

    GenerateRecommendationsResource(CurrentCaller current, GenerateRecommendations recommendations) {
        this.current = current;
        this.recommendations = recommendations;
    }

    /** Needs no Idempotency-Key: doing it again finds the same and writes nothing. */
    @POST
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Look for savings now",
            description =
                    "Prices what was used in the last 30 days again with cheaper models. Doing it twice finds the same once.")
    @APIResponse(responseCode = "200", description = "What was found")
    public Uni<RestResponse<Generated>> generate() {
        return recommendations
                .generate(current.get())
                .map(found -> Written.recorded(found.generated(), found.position()));
    }
}
