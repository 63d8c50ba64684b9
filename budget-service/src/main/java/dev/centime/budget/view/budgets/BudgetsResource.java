package dev.centime.budget.view.budgets;

import dev.centime.budget.Budget;
import dev.centime.budget.Names;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.view.budgets.BudgetReads.Stood;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Page;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import dev.centime.kit.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code GET /budgets} and {@code GET /budgets/{id}}. */
@Path("/api/v1/budgets")
@Tag(name = "budgets")
@RolesAllowed({Role.Names.USER, Role.Names.ORG_ADMIN, Role.Names.PLATFORM_ADMIN})
public class BudgetsResource {
    private final CurrentCaller current;
    private final Query query;
    private final BudgetReads reads;
    private final Names names;
    private final Clock clock;

    BudgetsResource(CurrentCaller current, Query query, BudgetReads reads, Names names, Clock clock) {
        this.current = current;
        this.query = query;
        this.reads = reads;
        this.names = names;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listBudgets", summary = "The budgets that the caller may see, each with how it stands")
    @Parameter(name = "is_active", description = "only budgets that are, or are not, active")
    @Parameter(name = "budget_type", description = "only budgets of this type")
    @Parameter(
            name = "sort",
            description = "name, created_at or total_limit, with - for descending; default created_at")
    @Parameter(name = "limit")
    @Parameter(name = "cursor")
    public Uni<Page<ListedBudget>> list() {
        var caller = current.get();
        AsOf.refuse(query);
        var page = BudgetsPage.asked(query, caller);
        return reads.page(caller, page, clock.instant())
                .chain(stood -> listed(stood.items()).map(stood::showing));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getBudget", summary = "One budget; its ETag is what a change must name")
    public Uni<RestResponse<Budget>> get(String id) {
        var caller = current.get();
        return reads.one(caller, id).chain(found -> names(List.of(found))
                .map(budgets -> Written.version(budgets.getFirst(), found.revision())));
    }

    private Uni<List<ListedBudget>> listed(List<Stood> stood) {
        return names(stood.stream().map(Stood::budget).toList()).map(named -> {
            var listed = new ArrayList<ListedBudget>();
            for (int index = 0; index < named.size(); index++) {
                listed.add(new ListedBudget(named.get(index), stood.get(index).status()));
            }
            return listed;
        });
    }

    /** Budgets of one organization at a time: a name is known there alone. */
    private Uni<List<Budget>> names(List<StandingBudget> budgets) {
        Map<String, List<StandingBudget>> byOrganization =
                budgets.stream().collect(Collectors.groupingBy(StandingBudget::organization));
        return Multi.createFrom()
                .iterable(byOrganization.entrySet())
                .onItem()
                .transformToUniAndConcatenate(own -> named(own.getKey(), own.getValue()))
                .collect()
                .asList()
                .map(named -> {
                    Map<String, Budget> shown = new HashMap<>();
                    named.forEach(own -> own.forEach(budget -> shown.put(budget.id(), budget)));
                    return budgets.stream()
                            .map(budget -> Objects.requireNonNull(shown.get(budget.budgetId())))
                            .toList();
                });
    }

    private Uni<List<Budget>> named(String organization, List<StandingBudget> budgets) {
        var definitions = budgets.stream().map(StandingBudget::definition).toList();
        return names.toNames(organization, definitions).map(named -> {
            var shown = new ArrayList<Budget>();
            for (int index = 0; index < budgets.size(); index++) {
                var budget = budgets.get(index);
                shown.add(Budget.of(
                        budget.budgetId(),
                        organization,
                        budget.revision(),
                        named.get(index),
                        budget.createdBy(),
                        budget.createdAt(),
                        budget.lastAlertAt()));
            }
            return shown;
        });
    }
}
