package dev.centime.ingest.view.costs.history;

import dev.centime.ingest.view.costs.question.CostRequests;
import dev.centime.ingest.view.costs.question.CostSeries;
import dev.centime.ingest.view.costs.question.Granularity;
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

/** {@code GET /costs/history}. */
@Path("/api/v1/costs/history")
@Tag(name = "Costs")
public class HistoryResource {
    private final CostRequests requests;
    private final Query query;
    private final CostSeries series;

    HistoryResource(CostRequests requests, Query query, CostSeries series) {
        this.requests = requests;
        this.query = query;
        this.series = series;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Spend over time",
            description = "A point for every day of the period (or hour, week, month), zero where nothing was spent.")
    @Parameter(
            name = "granularity",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "hour, day (default), week or month")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @APIResponse(responseCode = "200", description = "All points, ascending")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostHistory> history(@BeanParam PeriodParameters parameters) {
        var word = query.word("granularity", Granularity.NAMES);
        var granularity = Granularity.named(word == null ? "day" : word).orElseThrow();
        return requests.asked().chain(asked -> series.of(asked.asking(CostHistory.MEASURES), granularity)
                .map(found -> CostHistory.of(found, asked.period().days())));
    }
}
