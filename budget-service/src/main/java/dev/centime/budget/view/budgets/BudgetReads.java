package dev.centime.budget.view.budgets;

import dev.centime.budget.PathId;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The budgets that a caller may see, and how they stand. A user sees those that are about nobody but him: any other would tell
 * him what others spent.
 */
@ApplicationScoped
public class BudgetReads {
    private final Tenancy.Reads reads;
    private final Subjects subjects;

    BudgetReads(Tenancy.Reads reads, Subjects subjects) {
        this.reads = reads;
        this.subjects = subjects;
    }

    Uni<List<StandingBudget>> all(Caller caller) {
        return select(caller, null);
    }

    /** @throws Problem 404 (as a failure) when the caller sees no such budget */
    Uni<StandingBudget> one(Caller caller, String id) {
        return select(caller, PathId.checked("budget", id))
                .map(found -> found.stream().findFirst().orElseThrow(() -> Problem.notFound("budget " + id)));
    }

    /** How budgets stand, in the same order. @param session of a session budget, null for the costliest */
    Uni<List<BudgetStatus>> statuses(
            Caller caller, List<StandingBudget> budgets, @Nullable String session, Instant now) {
        var windows = new LinkedHashMap<StandingBudget, Window>();
        budgets.stream()
                .filter(budget -> budget.definition().budgetType() != Type.SESSION)
                .forEach(budget -> windows.put(budget, budget.periods().current(now)));
        return reads.as(caller, (connection, tenancy) -> SelectSpent.execute(connection, windows)
                        .chain(spent -> withSessions(connection, budgets, session, spent, now))
                        .chain(spent -> used(connection, budgets, spent, now)))
                .map(used -> budgets.stream()
                        .map(budget -> BudgetStatus.of(
                                budget,
                                budget.periods().current(now),
                                used.spent.getOrDefault(budget.budgetId(), Spent.NOTHING),
                                used.reserved.getOrDefault(budget.budgetId(), Money.ZERO),
                                used.carriedOver.getOrDefault(budget.budgetId(), Money.ZERO),
                                now))
                        .toList());
    }

    /** By budget id; what is not there is nothing. */
    private record Used(Map<String, Spent> spent, Map<String, Money> reserved, Map<String, Money> carriedOver) {}

    private static Uni<Used> used(
            SqlConnection connection, List<StandingBudget> budgets, Map<String, Spent> spent, Instant now) {
        var sessions = new HashMap<String, String>();
        budgets.stream()
                .filter(budget -> budget.definition().budgetType() == Type.SESSION)
                .forEach(budget -> sessions.put(
                        budget.budgetId(),
                        spent.getOrDefault(budget.budgetId(), Spent.NOTHING).session()));
        return SelectReserved.execute(connection, budgets, sessions)
                .chain(reserved -> SelectCarriedOver.execute(connection, budgets, now)
                        .map(carried -> new Used(spent, reserved, carried)));
    }

    private static Uni<Map<String, Spent>> withSessions(
            SqlConnection connection,
            List<StandingBudget> budgets,
            @Nullable String session,
            Map<String, Spent> spent,
            Instant now) {
        Map<String, Spent> known = new HashMap<>(spent);
        var all = Uni.createFrom().voidItem();
        for (var budget : budgets) {
            if (budget.definition().budgetType() == Type.SESSION) {
                all = all.chain(() -> SelectSessionSpent.execute(connection, budget, session, now)
                        .invoke(one -> known.put(budget.budgetId(), one))
                        .replaceWithVoid());
            }
        }
        return all.replaceWith(known);
    }

    private Uni<List<StandingBudget>> select(Caller caller, @Nullable String id) {
        return reads.as(caller, (connection, tenancy) -> SelectBudgets.execute(connection, tenancy, id))
                .chain(found -> visible(caller, found));
    }

    private Uni<List<StandingBudget>> visible(Caller caller, List<StandingBudget> found) {
        var user = caller.user();
        if (!caller.ownOnly()) {
            return Uni.createFrom().item(found);
        }
        if (user == null) {
            return Uni.createFrom().item(List.of());
        }
        return subjects.knownIdsOf(caller.organization(), List.of(user)).map(ids -> found.stream()
                .filter(budget -> ids.containsKey(user) && isAboutOnly(ids.get(user), budget))
                .toList());
    }

    private static boolean isAboutOnly(@Nullable String subject, StandingBudget budget) {
        var users = budget.definition().scope().filters().getOrDefault("user", List.of());
        return users.size() == 1 && users.getFirst().equals(subject);
    }
}
