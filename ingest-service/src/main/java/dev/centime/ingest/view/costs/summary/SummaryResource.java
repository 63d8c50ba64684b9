package dev.centime.ingest.view.costs.summary;

import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.kit.Period;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/summary}. */
@Path("/api/v1/costs/summary")
@Tag(name = "Costs")
public class SummaryResource {
    private final CostRequests requests;
    private final Summaries summaries;

    SummaryResource(CostRequests requests, Summaries summaries) {
        this.requests = requests;
        this.summaries = summaries;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Spend at a glance",
            description =
                    "Today, yesterday, this week, month, quarter and year in the organization's zone, each beside as much"
                            + " of the period before; the month's projection and what drives it. Takes the filters of every read of cost, and as_of: then"
                            + " today is the day of that instant.")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @APIResponse(responseCode = "200", description = "The summary")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostSummary> summary() {
        var organization = requests.organization();
        var now = requests.now();
        var today = now.atZone(organization.timeZone()).toLocalDate();
        return requests.asked(Period.named("month", today, organization), "month")
                .map(month -> month.asking(Summaries.MEASURES))
                .chain(month -> summaries.of(month, now));
    }
}
