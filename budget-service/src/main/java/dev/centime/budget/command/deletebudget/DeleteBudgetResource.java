package dev.centime.budget.command.deletebudget;

import dev.centime.budget.BudgetCommands;
import dev.centime.budget.CurrentBudgets;
import dev.centime.budget.PathId;
import dev.centime.budget.RefusalAnswers;
import dev.centime.contracts.BudgetSet;
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
    private final CurrentBudgets budgets;
    private final BudgetCommands commands;

    DeleteBudgetResource(CurrentCaller current, CurrentBudgets budgets, BudgetCommands commands) {
        this.current = current;
        this.budgets = budgets;
        this.commands = commands;
    }

    @DELETE
    @Idempotent
    @Operation(operationId = "deleteBudget", summary = "Ends a budget; what it counted stays on record")
    public Uni<RestResponse<Void>> delete(String id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        var caller = current.get();
        var organization = caller.oneOrganization();
        PathId.checked("budget", id);
        return seen(organization, id, ifMatch)
                .chain(revision -> commands.send(caller, new DeleteBudget(id, revision, caller.id()), Integer.class))
                .map(done -> Written.deleted(done.position()));
    }

    /** The revision that the caller has seen and wants to delete; null when he does not say. */
    private Uni<@Nullable Integer> seen(String organization, String id, @Nullable String ifMatch) {
        if (ifMatch == null) {
            return Uni.createFrom().nullItem();
        }
        return budgets.find(organization, id)
                .onFailure()
                .transform(RefusalAnswers::problem)
                .map(BudgetSet::revision)
                .invoke(newest -> Revision.require(ifMatch, newest));
    }
}
