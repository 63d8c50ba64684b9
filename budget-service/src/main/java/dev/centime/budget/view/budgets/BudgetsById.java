package dev.centime.budget.view.budgets;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** How budgets stand whose ids somebody knows, all of one moment. Whether the caller may see them is for that somebody to say. */
@ApplicationScoped
public class BudgetsById {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS
            + " FROM budget.budget WHERE partition = $1 AND organization = $2 AND budget_id = ANY ($3)"
            + " AND deleted_at IS NULL";

    private final Tenancy.Reads reads;

    BudgetsById(Tenancy.Reads reads) {
        this.reads = reads;
    }

    /** @param status null of a budget for each session, which stands differently for each */
    public record Stood(Money limit, @Nullable BudgetStatus status) {}

    /** By id, without those that there are not, or no more. */
    public Uni<Map<String, Stood>> of(Caller caller, Collection<String> ids, Instant now) {
        return reads.atOneMoment(caller, BudgetReads.TABLES, (connection, tenancy) -> budgets(connection, tenancy, ids)
                .chain(budgets -> statuses(connection, budgets, now)));
    }

    private static Uni<List<StandingBudget>> budgets(
            SqlConnection connection, Tenancy tenancy, Collection<String> ids) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(tenancy.partition(), tenancy.organization(), ids.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BudgetRow::read)
                        .toList());
    }

    private static Uni<Map<String, Stood>> statuses(
            SqlConnection connection, List<StandingBudget> budgets, Instant now) {
        var inWindows = budgets.stream()
                .filter(budget -> budget.definition().budgetType() != Type.SESSION)
                .toList();
        return BudgetStatuses.execute(connection, inWindows, null, now).map(statuses -> {
            var stood = new HashMap<String, Stood>();
            budgets.forEach(budget ->
                    stood.put(budget.budgetId(), new Stood(budget.definition().totalLimit(), null)));
            statuses.forEach(status -> stood.put(status.budgetId(), new Stood(status.totalLimit(), status)));
            return stood;
        });
    }
}
