package dev.centime.ingest.exports.scheduled;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Position;
import dev.centime.ingest.event.ExportCancelled;
import dev.centime.ingest.event.ExportScheduled.Destination;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Headers;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import dev.centime.kit.secret.KeptSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /exports} and {@code DELETE /exports/{id}}: an export is scheduled, and taken back. */
@Path(ScheduledExportsResource.PATH)
@Tag(name = "Exports")
public class ScheduleExportResource {
    /** Of an organization: more are a mistake. */
    private static final int MAX_SCHEDULES = 100;

    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final Filters filters;
    private final Organizations organizations;
    private final SelectSchedules schedules;
    private final ExportDirectory directory;
    private final KeptSecrets secrets;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    ScheduleExportResource(
            CurrentCaller current,
            IdempotencyKey key,
            Filters filters,
            Organizations organizations,
            SelectSchedules schedules,
            ExportDirectory directory,
            KeptSecrets secrets,
            EventLog log,
            EventTypes types,
            Clock clock) {
        this.current = current;
        this.key = key;
        this.filters = filters;
        this.organizations = organizations;
        this.schedules = schedules;
        this.directory = directory;
        this.secrets = secrets;
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
                            + " aside, or an object of a bucket; it has its name when it is whole. GET shows what became of each"
                            + " time, and never the secret of a store.")
    @APIResponse(responseCode = "201", description = "The scheduled export")
    @APIResponse(responseCode = "403", description = "The organization does not show what individuals did")
    @APIResponse(
            responseCode = "409",
            description = "The organization has as many as it may, or there is no key to seal secrets with")
    @APIResponse(responseCode = "422", description = "A field cannot be accepted, or there is no directory")
    public Uni<RestResponse<ScheduledExport>> create(ScheduleBody body) {
        //noinspection ConstantValue: an empty body is null
        if (body == null) {
            throw Problem.badRequest("body", "must be a scheduled export");
        }
        var caller = current.get();
        var organization = shown(caller);
        body.check();
        var target = Objects.requireNonNull(body.destination());
        if (Destination.DIRECTORY.equals(target.type()) && !directory.isThere()) {
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
            Caller caller, Organization organization, ScheduleBody body, Scope scope) {
        var now = clock.instant();
        var due = body.every().next(now, body.time(), organization);
        var scheduled = body.scheduled(key.id(caller, "export"), scope, caller.id(), due);
        var shown = ScheduledExport.of(scheduled, body.filters(), now, due, List.of());
        return secrets.keep(organization.id(), secret(scheduled.exportId(), body))
                .chain(() -> append(caller, organization.id(), key.id(caller, "export-scheduled"), scheduled))
                .map(position -> RestResponse.ResponseBuilder.<ScheduledExport>create(RestResponse.Status.CREATED)
                        .location(URI.create(ScheduledExportsResource.PATH + "/" + shown.id()))
                        .entity(shown)
                        .header(Headers.POSITION, position)
                        .build());
    }

    private static Map<String, String> secret(String exportId, ScheduleBody body) {
        var destination = Objects.requireNonNull(body.destination());
        var secret = destination.secretAccessKey();
        return Destination.S3.equals(destination.type()) && secret != null ? Map.of(exportId, secret) : Map.of();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
    @Operation(
            summary = "Take an export no more",
            description = "Files that it wrote stay where they are, the secret of its store is forgotten.")
    @APIResponse(responseCode = "204", description = "It is taken no more")
    @APIResponse(responseCode = "404", description = "There is none, or it is another organization's")
    public Uni<RestResponse<Void>> delete(String id) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        return schedules
                .standing(organization, id)
                .chain(standing ->
                        append(caller, organization, key.id(caller, "export-cancelled-" + id), new ExportCancelled(id)))
                .map(Written::deleted);
    }

    private Uni<Position> append(Caller caller, String organization, String eventId, Object event) {
        var encoded = types.encode(eventId, clock.instant(), event, Map.of("actor", caller.id()), Set.of());
        return log.append(organization, List.of(encoded)).map(appended -> appended.position());
    }

    /** A file is for everyone who can open it, so what may not be shown to administrators is not written to one. */
    private Organization shown(Caller caller) {
        var organization = organizations.of(caller);
        if (!organization.individualDetail()) {
            throw Individuals.notShown();
        }
        return organization;
    }
}
