package dev.centime.ingest.exports.scheduled;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.event.ExportCancelled;
import dev.centime.ingest.exports.scheduled.ScheduledExport.Run;
import dev.centime.ingest.exports.scheduled.SelectSchedules.Standing;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Headers;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code /exports}: exports that are taken again and again. */
@Path(ScheduledExportsResource.PATH)
@Tag(name = "Exports")
public class ScheduledExportsResource {
    static final String PATH = "/api/v1/exports";

    /** Of an organization: more are a mistake. */
    private static final int MAX_SCHEDULES = 100;

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final CurrentCaller current;
    private final Query query;
    private final IdempotencyKey key;
    private final Filters filters;
    private final Organizations organizations;
    private final SelectSchedules schedules;
    private final ExportDirectory directory;
    private final Subjects subjects;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    ScheduledExportsResource(
            CurrentCaller current,
            Query query,
            IdempotencyKey key,
            Filters filters,
            Organizations organizations,
            SelectSchedules schedules,
            ExportDirectory directory,
            Subjects subjects,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.key = key;
        this.filters = filters;
        this.organizations = organizations;
        this.schedules = schedules;
        this.directory = directory;
        this.subjects = subjects;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Schedule an export",
            description =
                    "Taken every day, week or month, of the whole one before, into a file of the directory that the operator set"
                            + " aside; a file has its name when it is whole. GET shows what became of each time.")
    @APIResponse(responseCode = "201", description = "The scheduled export")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(responseCode = "409", description = "The organization has as many as it may")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted, or there is no directory")
    public Uni<RestResponse<ScheduledExport>> create(ScheduleBody body) {
        //noinspection ConstantValue: an empty body is null
        if (body == null) {
            throw Problem.badRequest("body", "must be a scheduled export");
        }
        var caller = current.get();
        var organization = shown(caller);
        body.check();
        if (!directory.isThere()) {
            throw Problem.unprocessable(
                    "destination.type",
                    "cannot be directory: the operator has set none aside (CENTIME_EXPORTS_DIRECTORY)");
        }
        return schedules.count(organization.id()).chain(count -> {
            if (count >= MAX_SCHEDULES) {
                throw Problem.conflict("an organization may have at most " + MAX_SCHEDULES + " scheduled exports");
            }
            return filters.within(body.filters(), caller).chain(scope -> schedule(caller, organization, body, scope));
        });
    }

    private Uni<RestResponse<ScheduledExport>> schedule(
            Caller caller, Organization organization, ScheduleBody body, dev.centime.contracts.Scope scope) {
        var now = clock.instant();
        var due = body.every().next(now, body.time(), organization);
        var scheduled = body.scheduled(key.id(caller, "export"), scope, caller.id(), due);
        var shown = ScheduledExport.of(scheduled, body.filters(), now, due, List.of());
        return append(caller, organization.id(), key.id(caller, "export-scheduled"), scheduled)
                .map(position -> RestResponse.ResponseBuilder.<ScheduledExport>create(RestResponse.Status.CREATED)
                        .location(URI.create(PATH + "/" + shown.id()))
                        .entity(shown)
                        .header(Headers.POSITION, position)
                        .build());
    }

    @GET
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "Scheduled exports, newest first")
    @Parameter(name = "limit", in = ParameterIn.QUERY, schema = @Schema(implementation = Integer.class))
    @Parameter(name = "cursor", in = ParameterIn.QUERY, schema = @Schema(implementation = String.class))
    @APIResponse(responseCode = "200", description = "A page of scheduled exports")
    public Uni<Page<ScheduledExport>> list() {
        var caller = current.get();
        var organization = caller.oneOrganization();
        var limit = query.limit();
        var after = query.cursor(caller).orElse(List.of(END.toString(), ""));
        return schedules
                .page(organization, Instant.parse(after.getFirst()), after.getLast(), limit + 1)
                .chain(found -> Multi.createFrom()
                        .iterable(found.subList(0, Math.min(limit, found.size())))
                        .onItem()
                        .transformToUniAndConcatenate(standing -> named(organization, standing, null))
                        .collect()
                        .asList()
                        .map(page -> new Page<>(page, found.size() > limit ? next(caller, page) : null)));
    }

    private String next(Caller caller, List<ScheduledExport> page) {
        var last = page.getLast();
        return query.nextCursor(caller, List.of(last.createdAt().toString(), last.id()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "A scheduled export, and what became of each time")
    @APIResponse(responseCode = "200", description = "As it stands, with its last hundred times")
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<ScheduledExport> get(String id) {
        var organization = current.get().oneOrganization();
        return standing(organization, id)
                .chain(standing ->
                        schedules.history(organization, id).chain(history -> named(organization, standing, history)));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(summary = "Take an export no more", description = "Files that it wrote stay where they are.")
    @APIResponse(responseCode = "204", description = "It is taken no more")
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<RestResponse<Void>> delete(String id) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        return standing(organization, id)
                .chain(standing ->
                        append(caller, organization, key.id(caller, "export-cancelled-" + id), new ExportCancelled(id)))
                .map(Written::deleted);
    }

    private Uni<Standing> standing(String organization, String id) {
        return schedules
                .one(organization, id)
                .map(found -> found.orElseThrow(() -> Problem.notFound("scheduled export " + id)));
    }

    private Uni<Position> append(Caller caller, String organization, String eventId, Object event) {
        var encoded = types.encode(eventId, clock.instant(), event, Map.of("actor", caller.id()), Set.of());
        return log.append(organization, List.of(encoded)).map(appended -> appended.position());
    }

    /** With the names of users in place of their ids; whoever was erased keeps his id. */
    private Uni<ScheduledExport> named(String organization, Standing standing, @Nullable List<Run> history) {
        var wanted = new LinkedHashMap<>(standing.scheduled().filters().filters());
        var users = wanted.getOrDefault("user", List.of());
        var names = users.isEmpty()
                ? Uni.createFrom().item(Map.<String, String>of())
                : subjects.namesOf(organization, users);
        return names.map(known -> {
            if (!users.isEmpty()) {
                wanted.put(
                        "user",
                        users.stream().map(id -> known.getOrDefault(id, id)).toList());
            }
            return ScheduledExport.of(standing.scheduled(), wanted, standing.createdAt(), standing.nextDue(), history);
        });
    }

    /** A file is for everyone who can open it, so what may not be shown to administrators is not written to one. */
    private Organization shown(Caller caller) {
        var organization = organizations.of(caller);
        if (!organization.individualDetail()) {
            throw Problem.forbidden("this organization does not show what individuals did");
        }
        return organization;
    }
}
