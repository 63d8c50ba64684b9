package dev.centime.budget.command.redeliver;

import dev.centime.budget.DestinationNames;
import dev.centime.budget.MessageSent;
import dev.centime.budget.OwnSubject;
import dev.centime.budget.PathId;
import dev.centime.budget.delivery.Sender;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import dev.centime.kit.Tenants;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * {@code POST /webhooks/deliveries/{id}/redeliver}: a message that is over is sent again, under the id it had, so that a receiver who has it
 * already knows it. One that still waits is tried at once.
 */
@Path("/api/v1/webhooks/deliveries/{id}/redeliver")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class RedeliverResource {
    private final CurrentCaller current;
    private final EventLog log;
    private final Tenants tenants;
    private final OwnSubject own;
    private final DestinationNames names;
    private final Sender sender;

    RedeliverResource(
            CurrentCaller current,
            EventLog log,
            Tenants tenants,
            OwnSubject own,
            DestinationNames names,
            Sender sender) {
        this.current = current;
        this.log = log;
        this.tenants = tenants;
        this.own = own;
        this.names = names;
        this.sender = sender;
    }

    @POST
    @Idempotent
    @Operation(operationId = "redeliver", summary = "Sends a message again, under the same id")
    public Uni<RestResponse<MessageSent>> redeliver(String id) {
        var caller = current.get();
        PathId.checked("delivery", id);
        return Uni.combine()
                .all()
                .unis(log.partitionOf(caller.oneOrganization()), own.of(caller))
                .asTuple()
                .chain(of -> tenants.with(
                        caller,
                        connection ->
                                SendAgain.execute(connection, of.getItem1(), caller.organization(), id, of.getItem2())))
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().failure(Problem.notFound("delivery " + id))
                        : names.of(List.of(found.get())))
                .invoke(sender::wake)
                .map(again -> RestResponse.ResponseBuilder.<MessageSent>create(RestResponse.Status.ACCEPTED)
                        .entity(again.getFirst())
                        .build());
    }
}
