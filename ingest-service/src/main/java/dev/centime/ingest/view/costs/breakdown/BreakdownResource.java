package dev.centime.ingest.view.costs.breakdown;

import dev.centime.ingest.view.costs.question.CallFigures;
import dev.centime.ingest.view.costs.question.CostGroups;
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

/** {@code GET /costs/breakdown}. */
@Path("/api/v1/costs/breakdown")
@Tag(name = "Costs")
public class BreakdownResource {
    private final Query query;
    private final CostGroups groups;

    BreakdownResource(Query query, CostGroups groups) {
        this.query = query;
        this.groups = groups;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Spend by a dimension",
            description =
                    "Totals are of all pages; a missing value has key null. Largest cost first, or by time with empty"
                            + " stretches shown as zero.")
    @Parameter(
            name = "dimension",
            in = ParameterIn.QUERY,
            required = true,
            schema = @Schema(implementation = String.class),
            description =
                    "provider, model, project, experiment, session, user, operation, run, tag.KEY, hour, day, week, month,"
                            + " or organization over all organizations")
    @Parameter(
            name = "metric",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What to order by: " + Metric.NAMES)
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of the breakdown")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostBreakdown> breakdown(@BeanParam PeriodParameters parameters) {
        return groups.answer(CallFigures.MEASURES, Metric.asked(query).order()).map(CostBreakdown::of);
    }
}
