package dev.centime.forecast.command.makeforecast;

import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.Subjects;
import dev.centime.forecast.budget.BudgetPeriod;
import dev.centime.forecast.budget.Budgets;
import dev.centime.forecast.budget.CarriedOver;
import dev.centime.kit.Caller;
import dev.centime.kit.Filters;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds what a forecast is to be about, within what the caller may see. */
@ApplicationScoped
class FindSubject {
    private static final String USER = "user";

    private final Filters filters;
    private final Budgets budgets;
    private final Subjects subjects;

    FindSubject(Filters filters, Budgets budgets, Subjects subjects) {
        this.filters = filters;
        this.budgets = budgets;
        this.subjects = subjects;
    }

    Uni<Subject> of(Caller caller, ForecastRequest request, LocalDate today) {
        var horizon = today.plusDays(request.days());
        if (request.budgetId() != null) {
            return ofBudget(caller, request.budgetId(), today, horizon);
        }
        var limit = request.budget() == null ? null : Limit.ofMonth(request.budget(), today, horizon);
        return filters.within(request.filters(), caller)
                .map(scope -> new Subject(scope, names(caller, request.filters()), limit));
    }

    /** What was asked for, with the caller's own name where it is about nobody else. */
    private static Map<String, List<String>> names(Caller caller, Map<String, List<String>> asked) {
        var names = new TreeMap<>(asked);
        if (caller.ownOnly() && caller.user() != null) {
            names.put(USER, List.of(caller.user()));
        }
        return names;
    }

    private Uni<Subject> ofBudget(Caller caller, String budgetId, LocalDate today, LocalDate horizon) {
        return Uni.combine()
                .all()
                .unis(budgets.find(caller, budgetId), filters.within(Map.of(), caller))
                .asTuple()
                .chain(found -> {
                    var budget = found.getItem1()
                            .filter(each -> concerns(each, found.getItem2()))
                            .orElseThrow(
                                    () -> Problem.unprocessable("budget_id", "must be the id of a budget there is"));
                    var period = BudgetPeriod.of(budget, today, horizon)
                            .orElseThrow(() -> Problem.unprocessable(
                                    "budget_id",
                                    "must name a budget whose period runs today, and that is not for sessions"));
                    var limit = new Limit(budget.totalLimit(), period, CarriedOver.into(period, budget));
                    return names(caller, budget.scope()).map(names -> new Subject(budget.scope(), names, limit));
                });
    }

    /** A user sees the budgets of his own spend only: another's would tell what others spend. */
    private static boolean concerns(BudgetDefinition budget, Scope visible) {
        var own = visible.filters().get(USER);
        return own == null || own.equals(budget.scope().filters().get(USER));
    }

    private Uni<Map<String, List<String>>> names(Caller caller, Scope scope) {
        var ids = scope.filters().getOrDefault(USER, List.of());
        return ids.isEmpty()
                ? Uni.createFrom().item(scope.filters())
                : subjects.namesOf(caller.oneOrganization(), ids).map(known -> {
                    var names = new TreeMap<>(scope.filters());
                    names.put(
                            USER,
                            ids.stream().map(id -> known.getOrDefault(id, id)).toList());
                    return names;
                });
    }
}
