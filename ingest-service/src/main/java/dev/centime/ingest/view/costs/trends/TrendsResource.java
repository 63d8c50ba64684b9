package dev.centime.ingest.view.costs.trends;

import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.ingest.view.costs.question.Granularity;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Query;
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

/** {@code GET /costs/trends}. */
@Path("/api/v1/costs/trends")
@Tag(name = "Costs")
public class TrendsResource {
    private final CostRequests requests;
    private final Query query;
    private final Trends trends;

    TrendsResource(CostRequests requests, Query query, Trends trends) {
        this.requests = requests;
        this.query = query;
        this.trends = trends;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Where a figure is going",
            description =
                    "A point for every day of the period (or hour, week, month), which way they go and how clearly, and the period"
                            + " before: of a period that is not over, as much of each. Takes the filters of every read of cost.")
    @Parameter(
            name = "metric",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = Metric.NAMES)
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "hour, day (default), week or month; at most 400 points")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @APIResponse(responseCode = "200", description = "The trend with all its points, ascending")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostTrends> trends(@BeanParam PeriodParameters parameters) {
        var metric = Metric.asked(query);
        var word = query.word("granularity", Granularity.NAMES);
        var granularity = Granularity.named(word == null ? "day" : word).orElseThrow();
        return requests.asked().chain(asked -> trends.of(asked, metric, granularity, requests.now()));
    }
}
