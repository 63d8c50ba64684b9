package dev.centime.ingest.view.calls;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.Source;
import dev.centime.ingest.view.calls.SelectCalls.Place;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /usage} and {@code GET /usage/{id}}: which calls from the detail rows, what they were from the log. */
@Path("/api/v1/usage")
@Tag(name = "Usage")
public class UsageCallResource {
    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final EventLog log;
    private final Tenants tenants;
    private final ReadCalls calls;
    private final ReadCorrections corrections;
    private final Clock clock;

    UsageCallResource(
            CurrentCaller current,
            Query query,
            Filters filters,
            Organizations organizations,
            EventLog log,
            Tenants tenants,
            ReadCalls calls,
            ReadCorrections corrections,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.log = log;
        this.tenants = tenants;
        this.calls = calls;
        this.corrections = corrections;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Calls, newest first",
            description = "Within a period, with the filters of every read of cost.")
    @APIResponse(responseCode = "200", description = "A page of calls")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    public Uni<Page<UsageCall>> list() {
        var caller = current.get();
        var organization = shown(caller);
        var period = Period.of(query, organization, clock.instant());
        var before = query.cursor(caller).map(UsageCallResource::place).orElse(null);
        var limit = query.limit();
        return filters.of(query, caller)
                .chain(scope -> places(caller, period, scope, before, limit + 1))
                .chain(places -> page(caller, places, limit));
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
                .chain(call ->
                        corrections.of(organization, call).map(corrected -> new CallWithCorrections(call, corrected)));
    }

    private Organization shown(Caller caller) {
        var organization = organizations.of(caller);
        if (caller.role() == Role.ORG_ADMIN && !organization.individualDetail()) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
        return organization;
    }

    private Uni<List<Place>> places(Caller caller, Period period, Scope scope, @Nullable Place before, int limit) {
        return log.partitionOf(caller.organization())
                .chain(partition -> tenants.with(
                        caller,
                        connection -> SelectCalls.of(
                                connection, caller.organization(), partition, period, scope, before, limit)));
    }

    private Uni<Page<UsageCall>> page(Caller caller, List<Place> places, int limit) {
        var page = places.subList(0, Math.min(limit, places.size()));
        var next = places.size() > limit ? query.nextCursor(caller, keys(page.getLast())) : null;
        var ids = page.stream().map(Place::eventId).toList();
        return calls.of(caller.organization(), ids).map(found -> new Page<>(found, next));
    }

    private static List<String> keys(Place place) {
        return List.of(place.at().toString(), String.valueOf(place.offset()));
    }

    private static Place place(List<String> keys) {
        return new Place(Instant.parse(keys.getFirst()), Long.parseLong(keys.getLast()), "");
    }
}
