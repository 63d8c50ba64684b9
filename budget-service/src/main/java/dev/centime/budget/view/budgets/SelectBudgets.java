package dev.centime.budget.view.budgets;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.Tenancy;
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Budgets of an organization or of all, in order, no more than are shown: all organizations together may have a million. */
final class SelectBudgets {
    private static final String SQL = "SELECT " + BudgetRow.COLUMNS + """
             FROM budget.budget
            WHERE %6$s
                AND ($1::text IS NULL OR budget_id = $1)
                AND ($2::text IS NULL OR definition -> 'scope' -> 'user' = jsonb_build_array($2))
                AND ($3::text IS NULL OR definition ->> 'budget_type' = $3)
                AND ($4::boolean IS NULL OR (definition ->> 'active')::boolean = $4)
                AND ($5::text IS NULL OR (%1$s, budget_id COLLATE "C") %3$s ($5::text::%2$s, $6::text COLLATE "C"))
                %5$s
            ORDER BY %1$s %4$s, budget_id COLLATE "C" %4$s
            LIMIT $7
            """;
    private static final String OF_ONE = "AND partition = $8 AND organization = $9";

    private SelectBudgets() {}

    /** Expression and type of what they can be ordered by. */
    private static final Map<String, List<String>> ORDERS = Map.of(
            "name", List.of("(definition ->> 'name') COLLATE \"C\"", "text"),
            "total_limit", List.of("(definition ->> 'total_limit')::numeric", "numeric"),
            "created_at", List.of("created_at", "timestamptz"));

    /**
     * What to select; a null is no condition.
     *
     * @param deletedToo whether also those that count no longer
     * @param subject the one person that they are about
     * @param afterKey what the last one before has of what they are ordered by, as text
     * @param afterId its id
     */
    record Wanted(
            @Nullable String budgetId,
            boolean deletedToo,
            @Nullable String subject,
            @Nullable String type,
            @Nullable Boolean active,
            Query.Sort sort,
            @Nullable String afterKey,
            @Nullable String afterId,
            int limit) {
        static Wanted one(String budgetId, @Nullable String subject) {
            return one(budgetId, false, subject);
        }

        /** Also when it was deleted since. */
        static Wanted ever(String budgetId, @Nullable String subject) {
            return one(budgetId, true, subject);
        }

        private static Wanted one(String budgetId, boolean deletedToo, @Nullable String subject) {
            return new Wanted(
                    budgetId, deletedToo, subject, null, null, new Query.Sort("created_at", false), null, null, 1);
        }
    }

    static Uni<List<StandingBudget>> execute(SqlConnection connection, Tenancy tenancy, Wanted wanted) {
        var parameters = Tuple.tuple()
                .addString(wanted.budgetId)
                .addString(wanted.subject)
                .addString(wanted.type)
                .addBoolean(wanted.active)
                .addString(wanted.afterKey)
                .addString(wanted.afterId)
                .addInteger(wanted.limit);
        if (tenancy.partition() != null) {
            parameters.addInteger(tenancy.partition()).addString(tenancy.organization());
        }
        return connection
                .preparedQuery(sql(wanted, tenancy))
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(BudgetRow::read)
                        .toList());
    }

    private static String sql(Wanted wanted, Tenancy tenancy) {
        var sort = wanted.sort;
        var order = ORDERS.getOrDefault(sort.name(), List.of());
        return SQL.formatted(
                order.getFirst(),
                order.getLast(),
                sort.descending() ? "<" : ">",
                sort.descending() ? "DESC" : "ASC",
                tenancy.partition() == null ? "" : OF_ONE,
                wanted.deletedToo ? "true" : "deleted_at IS NULL");
    }
}
