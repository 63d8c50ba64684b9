package dev.centime.ingest.view.costs.variance;

import dev.centime.ingest.view.costs.question.Comparison;
import dev.centime.ingest.view.costs.question.CostGroups;
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

/** {@code GET /costs/variance}. */
@Path("/api/v1/costs/variance")
@Tag(name = "Costs")
public class VarianceResource {
    private static final int TOLERANCE_PERCENT = 10;
    private static final int LARGEST_TOLERANCE_PERCENT = 1000;

    private final Query query;
    private final CostGroups groups;

    VarianceResource(Query query, CostGroups groups) {
        this.query = query;
        this.groups = groups;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Estimates against actual costs",
            description =
                    "Of the calls that carry an estimate, by themselves or by estimate_id; the others are counted. Corrected costs"
                            + " are followed. Totals are of all pages; the farthest from its estimate comes first, or by time."
                            + " Takes the filters of every read of cost.")
    @Parameter(
            name = "dimension",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description =
                    "run (default), experiment, provider, model, project, session, user, operation, tag.KEY, source, hour, day,"
                            + " week, month, call for single calls, or organization over all organizations")
    @Parameter(
            name = "tolerance_percent",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = Integer.class),
            description = "How far from its estimate a cost is still within it; 10 by default")
    @Parameter(
            name = "as_of",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "What was known at that instant")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of the comparison")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's calls")
    public Uni<CostVariance> variance(@BeanParam PeriodParameters parameters) {
        var tolerance = query.integer("tolerance_percent", TOLERANCE_PERCENT, 0, LARGEST_TOLERANCE_PERCENT);
        return groups.answer(Comparison.ESTIMATED, "run").map(answer -> CostVariance.of(answer, tolerance));
    }
}
