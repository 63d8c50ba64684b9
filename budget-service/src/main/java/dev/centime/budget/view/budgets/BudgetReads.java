package dev.centime.budget.view.budgets;

import dev.centime.budget.PathId;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.budget.view.budgets.SelectBudgets.Wanted;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Page;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The budgets that a caller may see, and how they stand. A user sees those that are about nobody but him: any other would tell
 * him what others spent.
 */
@ApplicationScoped
public class BudgetReads {
    static final List<String> TABLES = List.of("budget.budget", "budget.budget_spend", "budget.reservation");

    /** No subject has it. */
    private static final String NOBODY = "";

    private final Tenancy.Reads reads;
    private final Subjects subjects;
    private final Organizations organizations;

    BudgetReads(Tenancy.Reads reads, Subjects subjects, Organizations organizations) {
        this.reads = reads;
        this.subjects = subjects;
        this.organizations = organizations;
    }

    /** A budget and how it stands, of the same moment. @param status null where that is not the caller's to know */
    record Stood(StandingBudget budget, @Nullable BudgetStatus status) {}

    /** @throws Problem 404 (as a failure) when the caller sees no such budget, or no more */
    Uni<StandingBudget> one(Caller caller, String id) {
        PathId.checked("budget", id);
        return onlyAbout(caller)
                .chain(subject ->
                        reads.as(caller, (connection, tenancy) -> standing(connection, tenancy, id, subject)));
    }

    /**
     * As it is, or as it was when it was deleted.
     *
     * @throws Problem as a failure: 404 when the caller never saw such a budget, 403 when what it tells of individuals is hidden from him
     */
    Uni<StandingBudget> ever(Caller caller, String id) {
        PathId.checked("budget", id);
        return onlyAbout(caller)
                .chain(subject -> reads.as(
                        caller,
                        (connection, tenancy) -> SelectBudgets.execute(connection, tenancy, Wanted.ever(id, subject))))
                .map(found -> found.stream().findFirst().orElseThrow(() -> unknown(id)))
                .invoke(budget -> check(caller, budget));
    }

    /**
     * How one stands.
     *
     * @param session of a session budget, null for the costliest
     * @throws Problem as a failure: 404 when the caller sees no such budget, or no more, 403 when what it tells of individuals is
     *     hidden from him
     */
    Uni<BudgetStatus> status(Caller caller, String id, @Nullable String session, Instant now) {
        PathId.checked("budget", id);
        return onlyAbout(caller)
                .chain(subject -> reads.atOneMoment(
                        caller, TABLES, (connection, tenancy) -> standing(connection, tenancy, id, subject)
                                .invoke(one -> check(caller, one))
                                .chain(one -> BudgetStatuses.execute(connection, List.of(one), session, now))))
                .map(List::getFirst);
    }

    /** A page of them, each with how it stands. */
    Uni<Page<Stood>> page(Caller caller, BudgetsPage asked, Instant now) {
        return onlyAbout(caller)
                .chain(subject -> reads.atOneMoment(caller, TABLES, (connection, tenancy) -> SelectBudgets.execute(
                                connection, tenancy, asked.wanted(subject))
                        .map(asked::of)
                        .chain(page -> BudgetStatuses.execute(connection, page.items(), null, now)
                                .map(statuses -> page.showing(stood(caller, page.items(), statuses))))));
    }

    private static Uni<StandingBudget> standing(
            SqlConnection connection, Tenancy tenancy, String id, @Nullable String subject) {
        return SelectBudgets.execute(connection, tenancy, Wanted.one(id, subject))
                .chain(found -> found.isEmpty()
                        ? SelectBudgets.execute(connection, tenancy, Wanted.ever(id, subject))
                                .<StandingBudget>map(ever -> {
                                    throw ever.isEmpty() ? unknown(id) : deleted(id);
                                })
                        : Uni.createFrom().item(found.getFirst()));
    }

    private static Problem unknown(String id) {
        return Problem.notFound("budget " + id);
    }

    private static Problem deleted(String id) {
        return Problem.of(
                404,
                "not-found",
                "Not found",
                "budget " + id + " was deleted; its history tells what counted against it");
    }

    private List<Stood> stood(Caller caller, List<StandingBudget> budgets, List<BudgetStatus> statuses) {
        var stood = new ArrayList<Stood>();
        for (int index = 0; index < budgets.size(); index++) {
            var budget = budgets.get(index);
            stood.add(new Stood(budget, isHidden(caller, budget) ? null : statuses.get(index)));
        }
        return stood;
    }

    private void check(Caller caller, StandingBudget budget) {
        if (isHidden(caller, budget)) {
            throw Individuals.notShown();
        }
    }

    private boolean isHidden(Caller caller, StandingBudget budget) {
        return caller.role() == Role.ORG_ADMIN
                && budget.isOfIndividuals()
                && Individuals.hidden(caller, organizations.of(caller));
    }

    /** The id of the person that budgets must be about alone; null when the caller sees all. */
    private Uni<@Nullable String> onlyAbout(Caller caller) {
        var user = caller.user();
        if (!caller.ownOnly()) {
            return Uni.createFrom().nullItem();
        }
        return user == null
                ? Uni.createFrom().item(NOBODY)
                : subjects.knownIdsOf(caller.organization(), List.of(user)).map(ids -> ids.getOrDefault(user, NOBODY));
    }
}
