package dev.centime.budget.view.deliveries;

import dev.centime.budget.DestinationNames;
import dev.centime.budget.MessageSent;
import dev.centime.budget.MessageSent.Unnamed;
import dev.centime.budget.OwnSubject;
import dev.centime.budget.Tenancy;
import dev.centime.budget.view.deliveries.SelectDeliveries.Wanted;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.PlaceInTime;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code GET /webhooks/deliveries}: messages of every channel, newest first. A user sees those about alerts that concern him. */
@Path("/api/v1/webhooks/deliveries")
@Tag(name = "alerts")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class DeliveriesResource {
    private static final List<String> STATES = List.of("waiting", "delivered", "dead", "suppressed");
    private static final List<String> CHANNELS = List.of("console", "email", "slack", "webhook");

    private final CurrentCaller current;
    private final Query query;
    private final Tenancy.Reads reads;
    private final OwnSubject own;
    private final DestinationNames names;

    DeliveriesResource(
            CurrentCaller current, Query query, Tenancy.Reads reads, OwnSubject own, DestinationNames names) {
        this.current = current;
        this.query = query;
        this.reads = reads;
        this.own = own;
        this.names = names;
    }

    @GET
    @Operation(
            operationId = "listDeliveries",
            summary = "Messages about alerts by every channel, and what became of them, newest first")
    @Parameter(name = "state", description = "waiting, delivered, dead or suppressed")
    @Parameter(name = "channel", description = "console, email, slack or webhook")
    @Parameter(name = "alert_id")
    @Parameter(name = "limit")
    @Parameter(name = "cursor")
    public Uni<Page<MessageSent>> list() {
        var caller = current.get();
        var limit = query.limit();
        var after = query.cursor(caller, PlaceInTime::of);
        var wanted = new Wanted(
                null,
                query.word("state", STATES),
                query.word("channel", CHANNELS),
                query.text("alert_id").orElse(null),
                after.map(PlaceInTime::at).orElse(null),
                after.map(PlaceInTime::id).orElse(null),
                limit + 1);
        return own.of(caller)
                .map(subject -> of(subject, wanted))
                .chain(his ->
                        reads.as(caller, (connection, tenancy) -> SelectDeliveries.execute(connection, tenancy, his)))
                .chain(rows -> page(caller, rows, limit));
    }

    private static Wanted of(@Nullable String subject, Wanted wanted) {
        return new Wanted(
                subject,
                wanted.state(),
                wanted.channel(),
                wanted.alertId(),
                wanted.beforeCreatedAt(),
                wanted.beforeId(),
                wanted.limit());
    }

    private Uni<Page<MessageSent>> page(Caller caller, List<Unnamed> rows, int limit) {
        var page = query.page(caller, rows, limit, DeliveriesResource::place);
        return names.of(page.items()).map(page::showing);
    }

    private static List<String> place(Unnamed row) {
        return new PlaceInTime(row.message().createdAt(), row.message().id()).keys();
    }
}
