package dev.centime.recommendation.command.rejectrecommendation;

import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import dev.centime.recommendation.Stories;
import dev.centime.recommendation.policy.Lifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /recommendations/{id}/reject}. */
@Path("/api/v1/recommendations")
@Tag(name = "Recommendations")
public class RejectRecommendationResource {
    private final CurrentCaller current;
    private final Stories stories;
    private final Clock clock;

    RejectRecommendationResource(CurrentCaller current, Stories stories, Clock clock) {
        this.current = current;
        this.stories = stories;
        this.clock = clock;
    }

    /** @param reason why not; kept with the recommendation */
    public record Rejection(
            @NotBlank(message = "is required") @Size(max = 2000, message = "must have at most 2000 characters")
            String reason) {}

    /** Where the recommendation stands now. */
    public record Rejected(String id, Lifecycle.Status status) {}

    @POST
    @Path("/{recommendation_id}/reject")
    @Idempotent
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Reject a recommendation, with a reason",
            description = "The same is not recommended again for 90 days. Rejecting it twice is rejecting it once.")
    @APIResponse(responseCode = "200", description = "Rejected")
    @APIResponse(responseCode = "404", description = "There is none of that id")
    @APIResponse(responseCode = "409", description = "It was accepted, or nobody answered in time")
    public Uni<RestResponse<Rejected>> reject(
            @RestPath("recommendation_id") String recommendationId,
            @Valid @NotNull(message = "is required") Rejection body) {
        var caller = current.get();
        var command = new RejectRecommendation(
                Lifecycle.keyOf(recommendationId), recommendationId, caller.id(), body.reason(), clock.instant());
        return stories.send(caller, command)
                .map(done ->
                        Written.recorded(new Rejected(recommendationId, Lifecycle.Status.REJECTED), done.position()));
    }
}
