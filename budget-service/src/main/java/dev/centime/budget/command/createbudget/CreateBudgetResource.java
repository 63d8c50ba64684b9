package dev.centime.budget.command.createbudget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.budget.Budget;
import dev.centime.budget.BudgetCommands;
import dev.centime.budget.BudgetCommands.Done;
import dev.centime.budget.ModelSpellings;
import dev.centime.budget.Names;
import dev.centime.budget.accept.BudgetBody;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Calendar;
import dev.centime.contracts.BudgetSet;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.IdempotencyKey;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code POST /budgets}. */
@Path("/api/v1/budgets")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class CreateBudgetResource {
    private final CurrentCaller current;
    private final IdempotencyKey key;
    private final Organizations organizations;
    private final ModelSpellings spellings;
    private final Names names;
    private final BudgetCommands commands;
    private final Clock clock;

    CreateBudgetResource(
            CurrentCaller current,
            IdempotencyKey key,
            Organizations organizations,
            ModelSpellings spellings,
            Names names,
            BudgetCommands commands,
            Clock clock) {
        this.current = current;
        this.key = key;
        this.organizations = organizations;
        this.spellings = spellings;
        this.names = names;
        this.commands = commands;
        this.clock = clock;
    }

    @POST
    @Idempotent
    @Operation(operationId = "createBudget", summary = "Sets a limit on the spend of a scope over a period")
    public Uni<RestResponse<Budget>> create(
            @RequestBody(content = @Content(schema = @Schema(implementation = Budget.class))) JsonNode body) {
        var caller = current.get();
        var calendar = Calendar.of(organizations.of(caller));
        var written = BudgetBody.read(body, calendar, LocalDate.now(clock.withZone(calendar.timeZone())));
        var budgetId = key.id(caller, "budget");
        return spellings.ofScope(caller.oneOrganization(), written).chain(named -> names.toIds(
                        caller.organization(), named, Set.of())
                .chain(definition -> commands.send(
                        caller, new CreateBudget(budgetId, definition, caller.id(), clock.instant()), BudgetSet.class))
                .map(done -> answer(caller.organization(), done, named)));
    }

    private static RestResponse<Budget> answer(String organization, Done<BudgetSet> done, BudgetDefinition named) {
        var set = done.result();
        return Written.created(
                "/api/v1/budgets/" + set.budgetId(),
                Budget.of(organization, set, named),
                done.position(),
                set.revision());
    }
}
