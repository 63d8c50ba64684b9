package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.ingest.Reprice;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /pricing/reprice}: asks for a run and says how it stands. */
@Path("/api/v1/pricing/reprice")
@Tag(name = "Pricing")
@RolesAllowed(Role.Names.PLATFORM_ADMIN)
public class RepriceResource {
    /** By whose calendar days are named that are everybody's. */
    private static final Organization EVERYBODY = Organization.named(Caller.ALL_ORGANIZATIONS, "all organizations");

    private final CurrentCaller current;
    private final Query query;
    private final IdempotencyKey key;
    private final Filters filters;
    private final Organizations organizations;
    private final Runs runs;
    private final CallsOfRun calls;
    private final RepriceWorker worker;
    private final Clock clock;

    RepriceResource(
            CurrentCaller current,
            Query query,
            IdempotencyKey key,
            Filters filters,
            Organizations organizations,
            Runs runs,
            CallsOfRun calls,
            RepriceWorker worker,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.key = key;
        this.filters = filters;
        this.organizations = organizations;
        this.runs = runs;
        this.calls = calls;
        this.worker = worker;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Operation(
            summary = "Price calls again",
            description =
                    "Calls of a period (dates, days or its name; the last 30 days when nothing says), by the prices known now. A dry"
                            + " run, which is the default, says what would change; dry_run false corrects those calls by event,"
                            + " and keeps what they cost before. Both go on in the background: ask for the run by its id.")
    @APIResponse(responseCode = "202", description = "The run; Location says where to look")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted")
    public Uni<RestResponse<RepriceRun>> start(Reprice wanted) {
        //noinspection ConstantValue: an empty body is null
        if (wanted == null) {
            throw Problem.badRequest("body", "must say what to price again");
        }
        var caller = current.get();
        var checked = wanted.checked();
        var id = key.id(caller, "reprice");
        return order(caller, checked)
                .call(order -> calls.whole(order, whose(caller, checked), clock.instant()))
                .chain(order -> runs.add(id, order, caller.id(), clock.instant()))
                .invoke(worker::wake)
                .chain(() -> found(id))
                .map(run -> RestResponse.ResponseBuilder.<RepriceRun>create(RestResponse.Status.ACCEPTED)
                        .location(URI.create("/api/v1/pricing/reprice/" + id))
                        .entity(run)
                        .build());
    }

    private Organization whose(Caller caller, Reprice wanted) {
        return wanted.everywhere() ? EVERYBODY : organizations.of(caller);
    }

    private Uni<RunOrder> order(Caller caller, Reprice wanted) {
        var asked = wanted.filters();
        var whose = whose(caller, wanted);
        var days = wanted.meant(whose, clock.instant());
        // Names of people exist within one organization only; of all of them nobody is asked for.
        var scope = wanted.everywhere() ? Uni.createFrom().item(new Scope(asked)) : filters.within(asked, caller);
        return scope.map(known -> new RunOrder(
                wanted.everywhere() ? null : whose.id(),
                days.first(),
                days.last(),
                asked,
                known,
                wanted.reason() == null ? "" : wanted.reason(),
                wanted.dry()));
    }

    @GET
    @Operation(summary = "Runs that price calls again, newest first")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    public Uni<Page<RepriceRun>> list() {
        var caller = current.get();
        var limit = query.limit();
        var before = query.cursor(caller, PlaceInTime::of).orElse(PlaceInTime.END);
        return runs.list(before, limit + 1)
                .map(found ->
                        query.page(caller, found, limit, run -> new PlaceInTime(run.requestedAt(), run.id()).keys()));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How such a run stands, with what it changes by model and by day")
    @APIResponse(responseCode = "200", description = "The run")
    @APIResponse(responseCode = "404", description = "No such run")
    public Uni<RepriceRun> get(String id) {
        return found(id);
    }

    private Uni<RepriceRun> found(String id) {
        return runs.find(id).map(run -> run.orElseThrow(() -> Problem.notFound("run " + id)));
    }
}
