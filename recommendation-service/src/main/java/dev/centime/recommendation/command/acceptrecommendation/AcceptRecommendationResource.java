package dev.centime.recommendation.command.acceptrecommendation;

import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import dev.centime.recommendation.Stories;
import dev.centime.recommendation.policy.Lifecycle;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code POST /recommendations/{id}/accept}. */
@Path("/api/v1/recommendations")
@Tag(name = "Recommendations")
public class AcceptRecommendationResource {
    private final CurrentCaller current;
    private final Stories stories;
    private final Clock clock;

    AcceptRecommendationResource(CurrentCaller current, Stories stories, Clock clock) {
        this.current = current;
        this.stories = stories;
        this.clock = clock;
    }

    /** @param reason may be left out */
    public record Acceptance(
            @Size(max = 2000, message = "must have at most 2000 characters") @Nullable
            String reason) {}

    /** Where the recommendation stands now. */
    public record Accepted(String id, Lifecycle.Status status) {}

    @POST
    @Path("/{recommendation_id}/accept")
    @Idempotent
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "Accept a recommendation", description = "Accepting it twice is accepting it once.")
    @APIResponse(responseCode = "200", description = "Accepted")
    @APIResponse(responseCode = "404", description = "There is none of that id")
    @APIResponse(responseCode = "409", description = "It was rejected, or nobody answered in time")
    public Uni<RestResponse<Accepted>> accept(
            @RestPath("recommendation_id") String recommendationId, @Valid @Nullable Acceptance body) {
        var caller = current.get();
        var reason = body == null ? null : body.reason();
        var command = new AcceptRecommendation(
                Lifecycle.keyOf(recommendationId), recommendationId, caller.id(), reason, clock.instant());
        return stories.send(caller, command)
                .map(done ->
                        Written.recorded(new Accepted(recommendationId, Lifecycle.Status.ACCEPTED), done.position()));
    }
}
