package dev.centime.ingest.view.costs.differences;

import dev.centime.ingest.view.costs.question.Comparison;
import dev.centime.ingest.view.costs.question.CostGroups;
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

/** {@code GET /costs/differences}. */
@Path("/api/v1/costs/differences")
@Tag(name = "Costs")
public class DifferencesResource {
    private final CostGroups groups;

    DifferencesResource(CostGroups groups) {
        this.groups = groups;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Reported against calculated costs",
            description =
                    "Of the calls whose caller reported a cost and whose model has a price; the others are counted. Totals are of"
                            + " all pages; the largest difference comes first, or by time. Takes the filters of every read of cost.")
    @Parameter(
            name = "dimension",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description =
                    "model (default), provider, source, project, experiment, session, user, operation, run, tag.KEY, hour, day,"
                            + " week, month, call for single calls, or organization over all organizations")
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
    public Uni<CostDifferences> differences(@BeanParam PeriodParameters parameters) {
        return groups.answer(Comparison.REPORTED, "model").map(CostDifferences::of);
    }
}
