package dev.centime.budget.command.liftlimit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.BudgetCommands;
import dev.centime.budget.PathId;
import dev.centime.budget.accept.OverrideBody;
import dev.centime.budget.event.LimitLifted;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /budgets/{id}/override}. */
@Path("/api/v1/budgets/{id}/override")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class LiftLimitResource {
    private final CurrentCaller current;
    private final BudgetCommands commands;
    private final Clock clock;

    LiftLimitResource(CurrentCaller current, BudgetCommands commands, Clock clock) {
        this.current = current;
        this.commands = commands;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Operation(
            operationId = "overrideBudget",
            summary = "Lets more be spent than the limit until some time, with a reason on record")
    public Uni<RestResponse<LimitLifted>> override(
            String id,
            @RequestBody(content = @Content(schema = @Schema(implementation = OverrideBody.class))) JsonNode body) {
        var caller = current.get();
        PathId.checked("budget", id);
        var now = clock.instant();
        var asked = OverrideBody.read(body, now);
        var command = new LiftLimit(id, asked.reason(), asked.until(), asked.additionalAmount(), caller.id(), now);
        return commands.send(caller, command, LimitLifted.class)
                .map(done -> Written.recorded(done.result(), done.position()));
    }
}
