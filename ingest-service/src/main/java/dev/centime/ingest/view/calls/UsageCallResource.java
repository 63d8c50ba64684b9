package dev.centime.ingest.view.calls;

import dev.centime.contracts.Organization;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.Source;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.Period;
import dev.centime.kit.PeriodParameters;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /usage} and {@code GET /usage/{id}}: which calls from the detail rows, what they were from the log. */
@Path("/api/v1/usage")
@Tag(name = "Usage")
public class UsageCallResource {
    private static final Query.Sort NEWEST_FIRST = new Query.Sort("timestamp", true);

    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final CallPages pages;
    private final ReadCalls calls;
    private final ReadCorrections corrections;
    private final Clock clock;

    UsageCallResource(
            CurrentCaller current,
            Query query,
            Filters filters,
            Organizations organizations,
            CallPages pages,
            ReadCalls calls,
            ReadCorrections corrections,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.pages = pages;
        this.calls = calls;
        this.corrections = corrections;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Calls by time, newest first unless asked otherwise",
            description = "Within a period, with the filters of every read of cost.")
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "timestamp, with - before it for the newest first; -timestamp by default")
    @Parameter(name = "model", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(name = "session", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of calls")
    @APIResponse(
            responseCode = "400",
            description = "A parameter cannot be read, or calls of the period are no longer kept")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    public Uni<Page<UsageCall>> list(@BeanParam PeriodParameters parameters) {
        var caller = current.get();
        var organization = shown(caller);
        query.refuse("as_of", "cannot be asked of calls; each shows its corrections with their times");
        var period = Period.of(query, organization, clock.instant());
        var sort = query.sort(List.of("timestamp"), NEWEST_FIRST);
        var after = query.cursor(caller, CallPages::checked).orElse(null);
        var limit = query.limit();
        return filters.of(query, caller)
                .chain(scope -> pages.next(organization.id(), period, scope, sort.descending(), after, limit))
                .map(slice ->
                        new Page<>(slice.calls(), slice.end() == null ? null : query.nextCursor(caller, slice.end())));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "A call with its cost lines",
            description = "As last corrected, with every correction: who, when, why, both costs.")
    @APIResponse(responseCode = "200", description = "The call")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(responseCode = "404", description = "No such call, or somebody else's")
    public Uni<CallWithCorrections> get(String id) {
        var caller = current.get();
        var organization = shown(caller).id();
        var ids = Arrays.stream(Source.values())
                .map(source -> RecordIds.event(organization, source.text(), id))
                .toList();
        return calls.of(organization, ids)
                .map(found -> found.stream()
                        .filter(call -> !caller.ownOnly()
                                || caller.user() != null && caller.user().equals(call.user()))
                        .findFirst()
                        .orElseThrow(() -> Problem.notFound("call " + id)))
                .chain(call -> corrections.of(organization, call));
    }

    private Organization shown(Caller caller) {
        var organization = organizations.of(caller);
        Individuals.check(caller, organization);
        return organization;
    }
}
