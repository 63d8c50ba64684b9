package dev.centime.budget.command.acknowledgealert;

import dev.centime.budget.DerivedId;
import dev.centime.budget.PathId;
import dev.centime.budget.event.AlertAcknowledged;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Provenance;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code POST /alerts/{id}/acknowledge}. Needs no decision: the event's id follows from the alert, so the first to acknowledge it
 * is the one on record, and whoever comes later is told who that was.
 */
@Path("/api/v1/alerts/{id}/acknowledge")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class AcknowledgeAlertResource {
    private final CurrentCaller current;
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final Tenants tenants;
    private final Organizations organizations;
    private final Provenance provenance;
    private final Clock clock;

    AcknowledgeAlertResource(
            CurrentCaller current,
            EventLog log,
            EventTypes types,
            Subjects subjects,
            Tenants tenants,
            Organizations organizations,
            Provenance provenance,
            Clock clock) {
        this.current = current;
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.tenants = tenants;
        this.organizations = organizations;
        this.provenance = provenance;
        this.clock = clock;
    }

    /** @param acknowledgedBy the first who did, as id of a key or account */
    public record Acknowledged(String id, Instant acknowledgedAt, String acknowledgedBy) {}

    @POST
    @Idempotent
    @Operation(operationId = "acknowledgeAlert", summary = "Says that somebody sees to an alert")
    public Uni<RestResponse<Acknowledged>> acknowledge(String id) {
        var caller = current.get();
        PathId.checked("alert", id);
        return log.partitionOf(caller.oneOrganization())
                .chain(partition ->
                        tenants.with(caller, connection -> SelectConcerned.execute(connection, partition, caller, id)))
                .chain(concerned -> allowed(caller, concerned, id))
                .chain(() -> append(caller, id));
    }

    private Uni<Void> allowed(Caller caller, SelectConcerned.Concerned concerned, String id) {
        var unknown = Problem.notFound("alert " + id);
        if (!concerned.found()) {
            return Uni.createFrom().failure(unknown);
        }
        var user = caller.user();
        if (!caller.ownOnly()) {
            var hidden = concerned.individual() && Individuals.hidden(caller, organizations.of(caller));
            return hidden ? Uni.createFrom().failure(unknown) : Uni.createFrom().voidItem();
        }
        if (user == null) {
            return Uni.createFrom().failure(unknown);
        }
        return subjects.knownIdsOf(caller.organization(), List.of(user))
                .chain(ids -> ids.containsKey(user) && Objects.equals(ids.get(user), concerned.subject())
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom().failure(unknown));
    }

    private Uni<RestResponse<Acknowledged>> append(Caller caller, String id) {
        var now = clock.instant();
        var eventId = DerivedId.of("alert-acknowledged", id).toString();
        var acknowledged = new AlertAcknowledged(id, caller.id(), now);
        return provenance
                .of(caller, caller.organization())
                .map(metadata -> types.encode(eventId, now, acknowledged, metadata, Set.of()))
                .chain(event -> log.append(caller.organization(), List.of(event)))
                .chain(appended -> log.find(caller.organization(), List.of(eventId))
                        .map(found -> answer(appended, found.get(eventId))));
    }

    private RestResponse<Acknowledged> answer(
            Appended appended, @org.jspecify.annotations.Nullable StoredEvent stored) {
        if (stored != null && types.decode(stored).orElse(null) instanceof AlertAcknowledged first) {
            return Written.recorded(new Acknowledged(first.alertId(), first.at(), first.by()), appended.position());
        }
        throw new IllegalStateException("the log holds what it has just taken");
    }
}
