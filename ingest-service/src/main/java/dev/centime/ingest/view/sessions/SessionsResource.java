package dev.centime.ingest.view.sessions;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /sessions} and {@code GET /sessions/{id}}. */
@Path("/api/v1/sessions")
@Tag(name = "Usage")
public class SessionsResource {
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final SessionPages pages;
    private final Clock clock;

    SessionsResource(
            CurrentCaller current,
            Query query,
            Filters filters,
            Organizations organizations,
            SessionPages pages,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.pages = pages;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Sessions with their totals",
            description =
                    "Those with a call in the period and one that the filters cover, each with all its calls, of whomever;"
                            + " with the filter user, as for a user's key, that person's part of them alone. Where the organization does not show what individuals did, all are one without a name.")
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "recent, cost, tokens, messages or session; - before it for descending; -recent by default")
    @Parameter(
            name = "min_cost",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "US dollars that the session cost at least")
    @Parameter(
            name = "max_cost",
            in = ParameterIn.QUERY,
            schema = @Schema(implementation = String.class),
            description = "US dollars that the session cost at most")
    @Parameter(name = "model", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of sessions")
    @APIResponse(responseCode = "400", description = "A parameter cannot be read")
    @APIResponse(responseCode = "403", description = "Somebody else's sessions")
    public Uni<Page<SessionTotals>> list(@BeanParam PeriodParameters parameters) {
        var caller = current.get();
        var organization = organizations.of(caller);
        query.refuse("as_of", "cannot be asked of sessions, which are summed up as of now");
        var period = Period.of(query, organization, clock.instant());
        var minCost = query.money("min_cost").orElse(null);
        var maxCost = query.money("max_cost").orElse(null);
        var sort = query.sort(SessionOrder.names(), SessionOrder.DEFAULT);
        var after =
                query.cursor(caller, SessionOrder.named(sort.name())::checked).orElse(null);
        var limit = query.limit();
        return filters.of(query, caller)
                .map(scope ->
                        new SessionQuestion(organization.id(), period.from(), period.until(), scope, minCost, maxCost))
                .chain(question -> Individuals.hidden(caller, organization)
                        ? all(question)
                        : pages.next(question, sort, after, limit)
                                .map(slice -> new Page<>(
                                        slice.sessions(),
                                        slice.end() == null ? null : query.nextCursor(caller, slice.end()))));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "A session with its totals",
            description = "Of all its calls, a user's own alone. The calls themselves: GET /usage?session=ID.")
    @APIResponse(responseCode = "200", description = "The session")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(responseCode = "404", description = "No such session, or none of the caller's")
    public Uni<SessionTotals> get(String id) {
        var caller = current.get();
        var organization = organizations.of(caller);
        return filters.within(Map.of("session", List.of(id)), caller)
                .map(scope -> new SessionQuestion(organization.id(), Instant.EPOCH, NEVER, scope, null, null))
                .chain(question -> pages.next(question, SessionPages.BY_NAME, null, 1))
                .map(slice ->
                        slice.sessions().stream().findFirst().orElseThrow(() -> Problem.notFound("session " + id)));
    }

    /** One row without a name: as whoever did it is not told, neither is which session it was in, nor can it be narrowed down to. */
    private Uni<Page<SessionTotals>> all(SessionQuestion question) {
        if (question.minCost() != null || question.maxCost() != null) {
            throw Individuals.notShown();
        }
        return pages.sum(question).map(sum -> new Page<>(List.of(sum), null));
    }
}
