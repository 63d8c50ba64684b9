package dev.centime.ingest.exports;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.ingest.exports.ExportMetrics.Result;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /costs/export}. */
@Path("/api/v1/costs/export")
@Tag(name = "Exports")
public class ExportResource {
    private static final int RETRY_SECONDS = 5;

    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final Exports exports;
    private final RunningExports running;
    private final Clock clock;

    ExportResource(
            CurrentCaller current,
            Query query,
            Filters filters,
            Organizations organizations,
            Exports exports,
            RunningExports running,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.exports = exports;
        this.running = running;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Calls or sessions as a file",
            description =
                    "Of a period, with the filters of every read of cost, however many they are: written as they are read, no"
                            + " faster than they are taken. An answer that breaks off lacks its last chunk.")
    @Parameter(
            name = "layout",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "calls (default), sessions or cost-tracking")
    @Parameter(
            name = "format",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "csv (default), json, ndjson or parquet")
    @Parameter(
            name = "focus",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "1.2 or 1.4: calls in the columns of that version of FOCUS, one row a charge")
    @APIResponse(
            responseCode = "200",
            description = "The file, in the form that was asked for",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/x-ndjson",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(
                        mediaType = "application/vnd.apache.parquet",
                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
            })
    @APIResponse(
            responseCode = "400",
            description = "A parameter cannot be read, or calls of the period are no longer kept")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(responseCode = "503", description = "Too many exports are running; Retry-After says when to retry")
    public Uni<RestResponse<ExportBody>> export(
            @BeanParam PeriodParameters parameters, @Context RoutingContext request) {
        var caller = current.get();
        var organization = shown(caller);
        query.refuse("as_of", "cannot be asked of an export, which is of what is known now");
        return filters.of(query, caller)
                .map(scope -> order(organization, scope))
                .call(exports::whole)
                .map(order -> answer(order, request));
    }

    private ExportOrder order(Organization organization, Scope scope) {
        var now = clock.instant();
        var layout = query.word("layout", ExportLayout.texts());
        var format = query.word("format", ExportFormat.texts());
        var focus = query.word("focus", FocusVersion.texts());
        var what = layout == null ? ExportLayout.CALLS : ExportLayout.of(layout);
        if (focus != null && what != ExportLayout.CALLS) {
            throw Problem.badRequest("focus", "can be given with layout=calls only");
        }
        return new ExportOrder(
                organization,
                what,
                format == null ? ExportFormat.CSV : ExportFormat.of(format),
                focus == null ? null : FocusVersion.of(focus),
                Period.of(query, organization, now),
                scope,
                now.atZone(organization.timeZone()).toLocalDate());
    }

    private RestResponse<ExportBody> answer(ExportOrder order, RoutingContext request) {
        var export = running.begin(order.organization().id())
                .orElseThrow(() -> Problem.unavailable("as many exports run as may at once", RETRY_SECONDS));
        // An answer whose body nobody asks for ends too: to HEAD, or to one who left before it began.
        request.addEndHandler(sent -> export.end(Result.ABORTED));
        if (request.response().closed()) {
            export.end(Result.ABORTED);
        }
        var bytes = exports.stream(order)
                .onTermination()
                .invoke((failure, cancelled) ->
                        export.end(cancelled ? Result.ABORTED : failure == null ? Result.DONE : Result.FAILED));
        return RestResponse.ResponseBuilder.ok(new ExportBody(bytes))
                .type(order.format().contentType())
                .header("Content-Disposition", "attachment; filename=\"" + order.fileName() + "\"")
                .build();
    }

    private Organization shown(Caller caller) {
        var organization = organizations.of(caller);
        Individuals.check(caller, organization);
        return organization;
    }
}
