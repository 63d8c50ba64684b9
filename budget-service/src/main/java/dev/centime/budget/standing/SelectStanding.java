package dev.centime.budget.standing;

import dev.centime.budget.BudgetRow;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Account;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Periods;
import dev.centime.budget.standing.Standing.Held;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Cursor;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** How budgets stand, as the view has it, and up to which position it has: all of one snapshot. */
final class SelectStanding {
    /** The lock first: a rebuild that is swapped in between would show other tables to an older snapshot. */
    private static final List<String> ONE_SNAPSHOT = List.of(
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
            "LOCK TABLE budget.budget, budget.budget_spend, budget.reservation IN ACCESS SHARE MODE");

    private static final String POSITION =
            "SELECT up_to FROM budget.projection_position WHERE projection = $1 AND serving AND partition = $2";
    private static final String BUDGETS = "SELECT " + BudgetRow.COLUMNS
            + " FROM budget.budget WHERE partition = $1 AND organization = $2 AND deleted_at IS NULL ORDER BY budget_id";
    private static final String SPENT = """
            SELECT s.budget_id, s.bucket, s.spend
            FROM unnest($3::text[], $4::timestamptz[]) AS w (budget_id, from_bucket)
            JOIN budget.budget_spend s ON s.partition = $1 AND s.organization = $2 AND s.budget_id = w.budget_id
                AND s.session = $5 AND s.bucket >= w.from_bucket
            """;
    private static final int PORTION = 500;
    private static final String OPEN = """
            SELECT reservation_id, amount, dimensions FROM budget.reservation
            WHERE partition = $1 AND organization = $2 AND ($3 = '' OR dimensions ->> 'session' = $3)
            """;

    private final Pool pool;
    private final String projection;

    /** @param pool of the runner, which sees all organizations */
    SelectStanding(Pool pool, String projection) {
        this.pool = pool;
        this.projection = projection;
    }

    /** @param upTo everything up to this offset is in it, and nothing after */
    record Found(Standing standing, long upTo) {}

    /** @param session empty for the organization's budgets */
    Uni<Found> execute(int partition, String organization, String session, Instant now) {
        return pool.withTransaction(connection -> begin(connection)
                .chain(() -> connection.preparedQuery(POSITION).execute(Tuple.of(projection, partition)))
                .map(rows -> rows.size() == 0 ? 0L : rows.iterator().next().getLong(0))
                .chain(upTo -> connection
                        .preparedQuery(BUDGETS)
                        .execute(Tuple.of(partition, organization))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(BudgetRow::read)
                                .toList())
                        .chain(budgets -> standing(connection, partition, organization, session, budgets, now))
                        .map(standing -> new Found(standing, upTo))));
    }

    private static Uni<Void> begin(SqlConnection connection) {
        var begun = Uni.createFrom().voidItem();
        for (var statement : ONE_SNAPSHOT) {
            begun = begun.chain(() -> connection.query(statement).execute().replaceWithVoid());
        }
        return begun;
    }

    private static Uni<Standing> standing(
            SqlConnection connection,
            int partition,
            String organization,
            String session,
            List<StandingBudget> budgets,
            Instant now) {
        var accounts = new LinkedHashMap<String, Account>();
        var from = new HashMap<String, Instant>();
        var definitions = new KeptDefinitions();
        for (var budget : budgets) {
            var bySession = budget.definition().budgetType() == Type.SESSION;
            if (bySession != session.isEmpty()) {
                var definition = definitions.of(budget.definition());
                var periods = new Periods(definition);
                var account = new Account(budget.budgetId(), definition, periods, bySession ? session : null);
                account.lift(budget.lift());
                accounts.put(budget.budgetId(), account);
                from.put(budget.budgetId(), Account.neededFrom(definition, periods, now));
            }
        }
        var sessionsHaveTheirOwn =
                budgets.stream().anyMatch(budget -> budget.definition().budgetType() == Type.SESSION);
        var parameters = Tuple.of(
                partition,
                organization,
                from.keySet().toArray(String[]::new),
                from.values().stream()
                        .map(instant -> instant.atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new),
                session);
        return connection
                .preparedQuery(SPENT)
                .execute(parameters)
                .invoke(rows -> rows.forEach(row -> spend(accounts, row)))
                .map(rows -> new Standing(session, sessionsHaveTheirOwn, List.copyOf(accounts.values()), Map.of()))
                .chain(standing -> connection
                        .prepare(OPEN)
                        .chain(statement -> hold(statement.cursor(Tuple.of(partition, organization, session)), standing)
                                .eventually(statement::close))
                        .replaceWith(standing));
    }

    /** Of thousands that are open some at a time: their calls may be long, and are not kept. */
    private static Uni<Void> hold(Cursor open, Standing standing) {
        return open.read(PORTION)
                .invoke(rows -> rows.forEach(row -> standing.hold(row.getString("reservation_id"), held(row))))
                .chain(() -> open.hasMore() ? hold(open, standing) : open.close());
    }

    private static void spend(Map<String, Account> accounts, Row row) {
        var account = accounts.get(row.getString("budget_id"));
        if (account != null) {
            account.spend(row.getOffsetDateTime("bucket").toInstant(), Money.of(row.getBigDecimal("spend")));
        }
    }

    private static Held held(Row row) {
        var dimensions = new HashMap<String, String>();
        row.getJsonObject("dimensions").forEach(entry -> dimensions.put(entry.getKey(), (String) entry.getValue()));
        return new Held(Money.of(row.getBigDecimal("amount")), Call.of(dimensions));
    }
}
