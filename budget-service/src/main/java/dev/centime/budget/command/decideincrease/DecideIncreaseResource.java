package dev.centime.budget.command.decideincrease;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.IncreaseRequest;
import dev.centime.budget.PathId;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.accept.DecisionBody;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /budgets/{id}/increase-requests/{request}/approve} and {@code …/decline}. */
@Path("/api/v1/budgets/{id}/increase-requests/{request}")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class DecideIncreaseResource {
    private final CurrentCaller current;
    private final DecideIncreaseHandler handler;
    private final Provenance provenance;
    private final Clock clock;
    private final MeterRegistry metrics;

    DecideIncreaseResource(
            CurrentCaller current,
            DecideIncreaseHandler handler,
            Provenance provenance,
            Clock clock,
            MeterRegistry metrics) {
        this.current = current;
        this.handler = handler;
        this.provenance = provenance;
        this.clock = clock;
        this.metrics = metrics;
    }

    @POST
    @Path("/approve")
    @Idempotent
    @Operation(
            operationId = "approveIncrease",
            summary = "Grants a request: the budget's limit becomes what was asked for, with the reason on record")
    @APIResponse(
            responseCode = "200",
            description = "Granted",
            content = @Content(schema = @Schema(implementation = IncreaseRequest.class)))
    @APIResponse(responseCode = "404", description = "There is no such budget, or request of it")
    @APIResponse(responseCode = "409", description = "It was decided before, and how")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    public Uni<RestResponse<IncreaseRequest>> approve(
            String id,
            String request,
            @RequestBody(content = @Content(schema = @Schema(implementation = DecisionBody.class))) JsonNode body) {
        return decide(id, request, true, body);
    }

    @POST
    @Path("/decline")
    @Idempotent
    @Operation(
            operationId = "declineIncrease",
            summary = "Does not grant a request: the limit stays, and the reason is on record")
    @APIResponse(
            responseCode = "200",
            description = "Declined",
            content = @Content(schema = @Schema(implementation = IncreaseRequest.class)))
    @APIResponse(responseCode = "404", description = "There is no such budget, or request of it")
    @APIResponse(responseCode = "409", description = "It was decided before, and how")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    public Uni<RestResponse<IncreaseRequest>> decline(
            String id,
            String request,
            @RequestBody(content = @Content(schema = @Schema(implementation = DecisionBody.class))) JsonNode body) {
        return decide(id, request, false, body);
    }

    private Uni<RestResponse<IncreaseRequest>> decide(String id, String request, boolean approved, JsonNode body) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var command = new DecideIncrease(
                PathId.checked("budget", id),
                PathId.checked("increase request", request),
                approved,
                DecisionBody.read(body).reason(),
                caller.id(),
                clock.instant());
        return provenance
                .of(caller, organization)
                .chain(metadata -> handler.handle(organization, command, metadata))
                .onFailure()
                .transform(RefusalAnswers::problem)
                .invoke(done -> metrics.counter(
                                "centime.budgets.increases",
                                "outcome",
                                done.request().state().text())
                        .increment())
                .map(done -> Written.recorded(done.request(), done.position()));
    }
}
