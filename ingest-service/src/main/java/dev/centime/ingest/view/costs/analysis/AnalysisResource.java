package dev.centime.ingest.view.costs.analysis;

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

/** {@code GET /costs/analysis}. */
@Path("/api/v1/costs/analysis")
@Tag(name = "Costs")
public class AnalysisResource {
    private final Analyses analyses;

    AnalysisResource(Analyses analyses) {
        this.analyses = analyses;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "A period's spend beside that of the period before",
            description =
                    "In all, and by the values of a dimension, also those that cost something only before: the page of a chargeback."
                            + " Of a period that is not over, as much of the one before is set beside it."
                            + " Top drivers are what moved the cost most. Totals are of all pages; a missing value has key null."
                            + " Takes the filters of every read of cost.")
    @Parameter(
            name = "group_by",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "model (default), " + Analyses.GROUPS + " (the last over all organizations)")
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "total_cost or change, with - for descending; -total_cost by default")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of the analysis")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostAnalysis> analysis(@BeanParam PeriodParameters parameters) {
        return analyses.asked();
    }
}
