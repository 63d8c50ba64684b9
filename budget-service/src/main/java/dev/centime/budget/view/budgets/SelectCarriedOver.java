package dev.centime.budget.view.budgets;

import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.CarriedOver;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.BudgetDefinition.Rollover;
import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What budgets carry over into their windows from those before. */
final class SelectCarriedOver {
    private static final String SQL = """
            SELECT bucket, spend FROM budget.budget_spend
            WHERE partition = $1 AND organization = $2 AND budget_id = $3 AND session = '' AND bucket < $4
            """;

    private SelectCarriedOver() {}

    /** @return by budget id, without those that carry over nothing */
    static Uni<Map<String, Money>> execute(SqlConnection connection, List<StandingBudget> budgets, Instant now) {
        Map<String, Money> carried = new HashMap<>();
        var all = Uni.createFrom().voidItem();
        for (var budget : budgets) {
            if (budget.definition().rollover() == Rollover.REMAINING) {
                all = all.chain(() -> one(connection, budget, budget.periods().current(now))
                        .invoke(money -> carried.put(budget.budgetId(), money))
                        .replaceWithVoid());
            }
        }
        return all.replaceWith(carried);
    }

    private static Uni<Money> one(SqlConnection connection, StandingBudget budget, Window window) {
        return connection
                .preparedQuery(SQL)
                .execute(Tuple.of(
                        budget.partition(),
                        budget.organization(),
                        budget.budgetId(),
                        window.start().atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    var spent = new HashMap<Window, Money>();
                    rows.forEach(row -> {
                        var bucket = row.getOffsetDateTime("bucket").toInstant();
                        budget.periods()
                                .of(bucket, bucket)
                                .ifPresent(earlier ->
                                        spent.merge(earlier, Money.of(row.getBigDecimal("spend")), Money::plus));
                    });
                    var carriedOver = new CarriedOver(
                            window,
                            budget.definition(),
                            budget.periods(),
                            earlier -> spent.getOrDefault(earlier, Money.ZERO));
                    return carriedOver.into(window);
                });
    }
}
