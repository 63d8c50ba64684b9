package dev.centime.budget.command.changebudget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.Budget;
import dev.centime.budget.BudgetState.Standing;
import dev.centime.budget.Decisions;
import dev.centime.budget.Decisions.Decided;
import dev.centime.budget.Names;
import dev.centime.budget.RefusalAnswers;
import dev.centime.budget.accept.BudgetBody;
import dev.centime.contracts.BudgetDefinition;
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
    private final Names names;
    private final Decisions decisions;
    private final ObjectMapper mapper;

    ChangeBudgetResource(CurrentCaller current, Names names, Decisions decisions, ObjectMapper mapper) {
        this.current = current;
        this.names = names;
        this.decisions = decisions;
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
        return decisions
                .current(caller.oneOrganization(), id)
                .map(found -> found.state().standing(id))
                .invoke(standing -> Revision.require(ifMatch, standing.revision()))
                .chain(standing -> merged(caller, id, standing, patch)
                        .chain(definition -> decide(caller, id, standing, definition)))
                .chain(decided -> answer(caller, id, decided))
                .onFailure()
                .transform(RefusalAnswers::problem);
    }

    private Uni<BudgetDefinition> merged(Caller caller, String id, Standing standing, JsonNode patch) {
        return named(caller, id, standing)
                .map(budget -> Merge.of(mapper.valueToTree(budget), patch))
                .map(body -> BudgetBody.read(
                        body,
                        standing.definition().calendar(),
                        standing.definition().startDate()))
                .chain(definition ->
                        names.toIds(caller.organization(), definition, Names.idsIn(standing.definition())));
    }

    /** By the revision that was merged into, so that nobody's change in between is undone unseen. */
    private Uni<Decided> decide(Caller caller, String id, Standing merged, BudgetDefinition definition) {
        var command = new ChangeBudget(id, merged.revision(), definition, caller.id());
        return decisions.run(caller.organization(), id, caller.id(), command::decide);
    }

    private Uni<RestResponse<Budget>> answer(Caller caller, String id, Decided decided) {
        var standing = decided.state().standing(id);
        return named(caller, id, standing)
                .map(budget -> Written.changed(budget, decided.position(), standing.revision()));
    }

    private Uni<Budget> named(Caller caller, String id, Standing standing) {
        return names.toNames(caller.organization(), List.of(standing.definition()))
                .map(named -> Budget.of(
                        id, standing.revision(), named.getFirst(), standing.createdBy(), standing.createdAt(), null));
    }
}
