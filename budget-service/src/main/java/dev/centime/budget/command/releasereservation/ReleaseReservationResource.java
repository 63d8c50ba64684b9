package dev.centime.budget.command.releasereservation;

import dev.centime.budget.MadeReservations;
import dev.centime.budget.MadeReservations.Made;
import dev.centime.budget.PathId;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code DELETE /limits/reservations/{id}}. Needs no decision: it only leaves more room, and a reservation that is closed already stays
 * as it was. An ingest key or a user releases what he made himself.
 */
@Path("/api/v1/limits/reservations/{id}")
@Tag(name = "limits")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN, Role.Names.INGEST})
public class ReleaseReservationResource {
    private final CurrentCaller current;
    private final MadeReservations reservations;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;
    private final MeterRegistry metrics;

    ReleaseReservationResource(
            CurrentCaller current,
            MadeReservations reservations,
            EventLog log,
            EventTypes types,
            Clock clock,
            MeterRegistry metrics) {
        this.current = current;
        this.reservations = reservations;
        this.log = log;
        this.types = types;
        this.clock = clock;
        this.metrics = metrics;
    }

    @DELETE
    @Idempotent
    @Operation(
            operationId = "releaseReservation",
            summary = "Gives back what is held for a call that will not be made; one that is closed stays closed")
    public Uni<RestResponse<Void>> release(String id) {
        var caller = current.get();
        PathId.checked("reservation", id);
        return reservations
                .find(caller.oneOrganization(), id)
                .map(found -> found.filter(made -> mayRelease(caller, made))
                        .orElseThrow(() -> Problem.notFound("reservation " + id)))
                .chain(made -> append(caller, id));
    }

    private static boolean mayRelease(Caller caller, Made made) {
        return switch (caller.role()) {
            case ORG_ADMIN, PLATFORM_ADMIN -> true;
            case USER, INGEST -> made.event().by().equals(caller.id());
        };
    }

    private Uni<RestResponse<Void>> append(Caller caller, String id) {
        var released = MadeReservations.released(types, id, caller.id(), clock.instant());
        return log.append(caller.organization(), List.of(released))
                .invoke(() -> metrics.counter("centime.limits.reservations", "outcome", "released")
                        .increment())
                .map(appended -> Written.deleted(appended.position()));
    }
}
