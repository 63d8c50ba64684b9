package dev.centime.budget.view.budgets;

import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /budgets/{id}/status}. */
@Path("/api/v1/budgets/{id}/status")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class BudgetStatusResource {
    private final CurrentCaller current;
    private final Query query;
    private final BudgetReads reads;
    private final Clock clock;

    BudgetStatusResource(CurrentCaller current, Query query, BudgetReads reads, Clock clock) {
        this.current = current;
        this.query = query;
        this.reads = reads;
        this.clock = clock;
    }

    @GET
    @Operation(
            operationId = "budgetStatus",
            summary = "Spend, what is left, level and outlook of a budget's current window")
    @Parameter(name = "session", description = "of a session budget; default: the costliest session of today")
    public Uni<BudgetStatus> status(String id) {
        var caller = current.get();
        AsOf.refuse(query);
        var session = query.text("session").orElse(null);
        return reads.status(caller, id, session, clock.instant());
    }
}
