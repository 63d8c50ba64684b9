package dev.centime.budget.command.restorelimit;

import dev.centime.budget.BudgetCommands;
import dev.centime.budget.PathId;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code DELETE /budgets/{id}/override}. */
@Path("/api/v1/budgets/{id}/override")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class RestoreLimitResource {
    private final CurrentCaller current;
    private final BudgetCommands commands;
    private final Clock clock;

    RestoreLimitResource(CurrentCaller current, BudgetCommands commands, Clock clock) {
        this.current = current;
        this.commands = commands;
        this.clock = clock;
    }

    @DELETE
    @Idempotent
    @Operation(operationId = "restoreBudget", summary = "Takes back what was let beyond the limit")
    public Uni<RestResponse<Void>> restore(String id) {
        var caller = current.get();
        PathId.checked("budget", id);
        var command = new RestoreLimit(id, caller.id(), clock.instant());
        return commands.send(caller, command, Boolean.class).map(done -> Written.deleted(done.position()));
    }
}
