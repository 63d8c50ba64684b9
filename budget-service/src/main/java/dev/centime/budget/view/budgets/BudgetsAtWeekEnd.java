package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.budget.limit.Window;
import dev.centime.budget.report.WeekBudgets;
import dev.centime.budget.report.WeekBudgets.Stood;
import dev.centime.budget.view.budgets.SelectBudgets.Wanted;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.kit.Caller;
import dev.centime.kit.Period;
import dev.centime.kit.Query;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How budgets stood when a week ended: those that count and whose period reached into it, also one that ended with it. Those for each
 * session stand differently for each, and are not among them.
 */
@ApplicationScoped
public class BudgetsAtWeekEnd {
    private static final int PAGE = 500;
    private static final int SHOWN = 10;
    private static final Query.Sort ORDER = new Query.Sort("created_at", false);

    private final Tenancy.Reads reads;

    BudgetsAtWeekEnd(Tenancy.Reads reads) {
        this.reads = reads;
    }

    /** As an administrator of the organization may know it. */
    public Uni<WeekBudgets> of(Organization organization, Period week) {
        var caller = new Caller("budget-service", Role.ORG_ADMIN, organization.id(), null);
        return reads.atOneMoment(caller, BudgetReads.TABLES, (connection, tenancy) -> new Reading(
                        connection, tenancy, organization, week)
                .all());
    }

    /** Goes through all of them, however many there are, and keeps few. */
    private static final class Reading {
        private final SqlConnection connection;
        private final Tenancy tenancy;
        private final boolean individuals;
        private final Period week;
        private final Instant last;
        private List<Stood> worst = List.of();
        private long count;
        private @Nullable StandingBudget after;

        Reading(SqlConnection connection, Tenancy tenancy, Organization organization, Period week) {
            this.connection = connection;
            this.tenancy = tenancy;
            this.individuals = organization.individualDetail();
            this.week = week;
            this.last = week.until().minus(Duration.ofMillis(1));
        }

        Uni<WeekBudgets> all() {
            return Multi.createBy()
                    .repeating()
                    .uni(() ->
                            SelectBudgets.execute(connection, tenancy, next()).call(this::add))
                    .whilst(page -> page.size() == PAGE)
                    .collect()
                    .last()
                    .map(done -> new WeekBudgets(worst, count - worst.size()));
        }

        private Wanted next() {
            return new Wanted(
                    null,
                    false,
                    null,
                    null,
                    true,
                    ORDER,
                    after == null ? null : after.createdAt().toString(),
                    after == null ? null : after.budgetId(),
                    PAGE);
        }

        private Uni<Void> add(List<StandingBudget> page) {
            after = page.isEmpty() ? after : page.getLast();
            var windows = new LinkedHashMap<StandingBudget, Window>();
            page.stream().filter(this::isTold).forEach(budget -> window(budget, windows));
            return SelectSpent.execute(connection, windows)
                    .chain(spent -> SelectCarriedOver.execute(connection, List.copyOf(windows.keySet()), last)
                            .invoke(carried -> add(windows.keySet(), spent, carried)))
                    .replaceWithVoid();
        }

        private boolean isTold(StandingBudget budget) {
            return budget.definition().budgetType() != Type.SESSION && (individuals || !budget.isOfIndividuals());
        }

        /** Of a period that goes on, the part up to the end of the week. */
        private void window(StandingBudget budget, Map<StandingBudget, Window> windows) {
            var window = budget.periods().current(last);
            var end = window.end() == null || window.end().isAfter(week.until()) ? week.until() : window.end();
            if (window.start().isBefore(week.until()) && end.isAfter(week.from())) {
                windows.put(budget, new Window(window.start(), end));
            }
        }

        private void add(Iterable<StandingBudget> budgets, Map<String, Spent> spent, Map<String, Money> carried) {
            var all = new ArrayList<>(worst);
            for (var budget : budgets) {
                var id = budget.budgetId();
                all.add(stood(
                        budget, spent.getOrDefault(id, Spent.NOTHING).spend(), carried.getOrDefault(id, Money.ZERO)));
                count++;
            }
            worst = all.stream().sorted(Stood.WORST).limit(SHOWN).toList();
        }

        private Stood stood(StandingBudget budget, Money spent, Money carriedOver) {
            var definition = budget.definition();
            return new Stood(
                    budget.budgetId(),
                    definition.name(),
                    (definition.window() == BudgetDefinition.Window.ROLLING ? "rolling " : "")
                            + definition.budgetType().text(),
                    onePerson(definition),
                    definition.totalLimit().plus(carriedOver).plus(additional(budget)),
                    spent);
        }

        private Money additional(StandingBudget budget) {
            var lift = budget.lift();
            var additional = lift == null || !lift.holds(last) ? null : lift.additional();
            return additional == null ? Money.ZERO : additional;
        }

        private static @Nullable String onePerson(BudgetDefinition definition) {
            var users = definition.scope().filters().getOrDefault("user", List.of());
            return users.size() == 1 ? users.getFirst() : null;
        }
    }
}
