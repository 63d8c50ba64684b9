package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The budgets that a caller may see, and how they stand. A user sees those that are about nobody but him: any other would tell
 * him what others spent.
 */
@ApplicationScoped
public class BudgetReads {
    private final EventLog log;
    private final Subjects subjects;
    private final Tenants tenants;

    BudgetReads(EventLog log, Subjects subjects, Tenants tenants) {
        this.log = log;
        this.subjects = subjects;
        this.tenants = tenants;
    }

    Uni<List<StandingBudget>> all(Caller caller) {
        return select(caller, null);
    }

    Uni<StandingBudget> one(Caller caller, String id) {
        return select(caller, id)
                .map(found -> found.stream().findFirst().orElseThrow(() -> Problem.notFound("budget " + id)));
    }

    /** How budgets of the caller's organization stand, in the same order. @param session of a session budget, null for the costliest */
    Uni<List<BudgetStatus>> statuses(
            Caller caller, List<StandingBudget> budgets, @Nullable String session, Instant now) {
        var windows = new LinkedHashMap<StandingBudget, Window>();
        budgets.stream()
                .filter(budget -> budget.definition().budgetType() != Type.SESSION)
                .forEach(budget -> windows.put(budget, budget.periods().current(now)));
        return in(caller, (connection, partition) -> SelectSpent.execute(
                                connection, partition, caller.organization(), windows)
                        .chain(spent -> withSessions(connection, partition, budgets, session, spent, now)))
                .map(spent -> budgets.stream()
                        .map(budget -> BudgetStatus.of(
                                budget,
                                budget.periods().current(now),
                                spent.getOrDefault(budget.budgetId(), Spent.NOTHING),
                                now))
                        .toList());
    }

    private Uni<List<StandingBudget>> select(Caller caller, @Nullable String id) {
        return in(
                        caller,
                        (connection, partition) ->
                                SelectBudgets.execute(connection, partition, caller.organization(), id))
                .chain(found -> visible(caller, found));
    }

    <T> Uni<T> in(Caller caller, BiFunction<SqlConnection, Integer, Uni<T>> read) {
        return log.partitionOf(caller.oneOrganization())
                .chain(partition -> tenants.with(caller, connection -> read.apply(connection, partition)));
    }

    private static Uni<Map<String, Spent>> withSessions(
            SqlConnection connection,
            int partition,
            List<StandingBudget> budgets,
            @Nullable String session,
            Map<String, Spent> spent,
            Instant now) {
        var all = Uni.createFrom().item((Map<String, Spent>) new LinkedHashMap<>(spent));
        for (var budget : budgets) {
            if (budget.definition().budgetType() == Type.SESSION) {
                all = all.chain(known -> SelectSessionSpent.execute(connection, partition, budget, session, now)
                        .invoke(one -> known.put(budget.budgetId(), one))
                        .replaceWith(known));
            }
        }
        return all;
    }

    private Uni<List<StandingBudget>> visible(Caller caller, List<StandingBudget> found) {
        var user = caller.user();
        if (!caller.ownOnly()) {
            return Uni.createFrom().item(found);
        }
        if (user == null) {
            return Uni.createFrom().item(List.of());
        }
        return subjects.knownIdsOf(caller.organization(), List.of(user)).map(ids -> {
            var own = new ArrayList<>(found);
            own.removeIf(budget -> !ids.containsKey(user)
                    || !List.of(ids.get(user))
                            .equals(budget.definition().scope().filters().get("user")));
            return own;
        });
    }
}
