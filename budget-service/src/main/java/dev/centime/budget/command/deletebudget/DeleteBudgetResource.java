package dev.centime.budget.command.deletebudget;

import dev.centime.budget.Decisions;
import dev.centime.budget.RefusalAnswers;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Revision;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code DELETE /budgets/{id}}; only the version that If-Match names, when it is sent. */
@Path("/api/v1/budgets/{id}")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class DeleteBudgetResource {
    private final CurrentCaller current;
    private final Decisions decisions;

    DeleteBudgetResource(CurrentCaller current, Decisions decisions) {
        this.current = current;
        this.decisions = decisions;
    }

    @DELETE
    @Idempotent
    @Operation(operationId = "deleteBudget", summary = "Ends a budget; what it counted stays on record")
    public Uni<RestResponse<Void>> delete(String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        var caller = current.get();
        return decisions
                .run(caller.oneOrganization(), id, caller.id(), state -> {
                    if (ifMatch != null) {
                        Revision.require(ifMatch, state.standing(id).revision());
                    }
                    return new DeleteBudget(id, caller.id()).decide(state);
                })
                .map(decided -> Written.deleted(decided.position()))
                .onFailure()
                .transform(RefusalAnswers::problem);
    }
}
