package dev.centime.budget.command.changebudget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.Budget;
import dev.centime.budget.BudgetCommands;
import dev.centime.budget.BudgetCommands.Done;
import dev.centime.budget.CurrentBudgets;
import dev.centime.budget.ModelSpellings;
import dev.centime.budget.Names;
import dev.centime.budget.PathId;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.accept.BudgetBody;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetSet;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Revision;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import dev.centime.kit.idempotency.Idempotent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** {@code PATCH /budgets/{id}}: the fields that are sent replace those that stand, null brings a default back. */
@Path("/api/v1/budgets/{id}")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class ChangeBudgetResource {
    private final CurrentCaller current;
    private final ModelSpellings spellings;
    private final Names names;
    private final CurrentBudgets budgets;
    private final BudgetCommands commands;
    private final ObjectMapper mapper;

    ChangeBudgetResource(
            CurrentCaller current,
            ModelSpellings spellings,
            Names names,
            CurrentBudgets budgets,
            BudgetCommands commands,
            ObjectMapper mapper) {
        this.current = current;
        this.spellings = spellings;
        this.names = names;
        this.budgets = budgets;
        this.commands = commands;
        this.mapper = mapper;
    }

    @PATCH
    @Idempotent
    @Operation(operationId = "changeBudget", summary = "Changes some fields of the budget that If-Match names")
    public Uni<RestResponse<Budget>> change(
            String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @RequestBody(content = @Content(schema = @Schema(implementation = Budget.class))) JsonNode patch) {
        var caller = current.get();
        return budgets.find(caller.oneOrganization(), PathId.checked("budget", id))
                .onFailure()
                .transform(RefusalAnswers::problem)
                .invoke(standing -> Revision.require(ifMatch, standing.revision()))
                .chain(standing ->
                        merged(caller, standing, patch).chain(definition -> decide(caller, standing, definition)))
                .chain(done -> answer(caller, done));
    }

    private Uni<BudgetDefinition> merged(Caller caller, BudgetSet standing, JsonNode patch) {
        var definition = standing.definition();
        return named(caller, standing)
                .map(budget -> Merge.of(mapper.valueToTree(budget), patch))
                .map(body -> BudgetBody.read(body, definition.calendar(), definition.startDate(), createdOn(standing)))
                .chain(written -> spellings.ofScope(caller.organization(), written))
                .chain(named -> names.toIds(caller.organization(), named, Names.idsIn(definition)));
    }

    private static LocalDate createdOn(BudgetSet standing) {
        return LocalDate.ofInstant(
                standing.createdAt(), standing.definition().calendar().timeZone());
    }

    /** By the revision that was merged into, so that nobody's change in between is undone unseen. */
    private Uni<Done<BudgetSet>> decide(Caller caller, BudgetSet merged, BudgetDefinition definition) {
        return commands.send(
                caller,
                new ChangeBudget(merged.budgetId(), merged.revision(), definition, caller.id()),
                BudgetSet.class);
    }

    private Uni<RestResponse<Budget>> answer(Caller caller, Done<BudgetSet> done) {
        return named(caller, done.result())
                .map(budget ->
                        Written.changed(budget, done.position(), done.result().revision()));
    }

    private Uni<Budget> named(Caller caller, BudgetSet set) {
        return names.toNames(caller.organization(), List.of(set.definition()))
                .map(named -> Budget.of(caller.organization(), set, named.getFirst()));
    }
}
