package dev.centime.ingest.view.costs.efficiency;

import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/efficiency}. */
@Path("/api/v1/costs/efficiency")
@Tag(name = "Costs")
public class EfficiencyResource {
    private final CostRequests requests;
    private final Efficiencies efficiencies;

    EfficiencyResource(CostRequests requests, Efficiencies efficiencies) {
        this.requests = requests;
        this.efficiencies = efficiencies;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "How efficiently calls were made",
            description =
                    "Tasks and cost by class of model, tokens, phases and milestones (tags of those names), what was wasted and what could"
                            + " be done for less, tasks by complexity and cost, and the rules that raise alerts. A task is a call. What no call"
                            + " tells is null. Reads calls, so of 366 days at most. Takes the filters of every read of cost.")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @APIResponse(responseCode = "200", description = "The efficiency of the period")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostEfficiency> efficiency(@BeanParam PeriodParameters parameters) {
        var now = requests.now();
        return requests.asked()
                .chain(asked -> efficiencies.of(
                        asked.question(), asked.organization(), asked.period(), now, sessionsShown(asked)));
    }

    /** Over all organizations a session has no name: theirs may have the same. */
    private static boolean sessionsShown(AskedCosts asked) {
        return !asked.individualsHidden() && !asked.caller().allOrganizations();
    }
}
