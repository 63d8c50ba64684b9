package dev.centime.ingest.view.costs.summary;

import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.kit.Period;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /costs/summary}. */
@Path("/api/v1/costs/summary")
@Tag(name = "Costs")
public class SummaryResource {
    private final CostRequests requests;
    private final Summaries summaries;
    private final Clock clock;

    SummaryResource(CostRequests requests, Summaries summaries, Clock clock) {
        this.requests = requests;
        this.summaries = summaries;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Spend at a glance",
            description =
                    "Today, yesterday, this week, month, quarter and year in the organization's zone, each beside the whole"
                            + " period before; the month's projection and what drives it. Takes the filters of every read of cost.")
    @APIResponse(responseCode = "200", description = "The summary")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostSummary> summary() {
        var organization = requests.organization();
        var now = clock.instant();
        var today = now.atZone(organization.timeZone()).toLocalDate();
        return requests.asked(Period.named("month", today, organization))
                .chain(month -> summaries.of(month, today, now));
    }
}
