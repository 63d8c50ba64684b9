package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.Position;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Callers of several replicas race for the last cents while replicas are killed: the log must show that no limit was overrun. */
class NoOverrunIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int KILLS = 4;
    private static final int EVENTS_BETWEEN = 300;
    private static final Map<String, LogChecker.Budget> BUDGETS = Map.of(
            "all", new LogChecker.Budget(new BigDecimal("60"), null),
            "adas", new LogChecker.Budget(new BigDecimal("20"), "s-ada"));

    @Test
    void nothingIsAdmittedOverALimit_forAnyNumberOfCallersAndReplicas_whileTheyAreKilled() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var database = TestPostgres.database("budget");
        try (var here = new Replica(database).start()) {
            setBudgets(here);
            var killed = race(database, here, random);
            var checker = check(here);
            agreesWithTheView(database, here, checker);
            assertThat(checker.admitted()).isGreaterThan(100);
            System.out.printf("no overrun: %s, %d replicas killed (seed %d)%n", checker, killed, seed);
        }
    }

    private static void setBudgets(Replica here) {
        BUDGETS.forEach((id, budget) -> {
            var given = Given.budget(Type.ANNUAL)
                    .of(budget.limit().toPlainString())
                    .from(LocalDate.now().toString())
                    .at(new Threshold(new BigDecimal("100"), Action.BLOCK, List.of()));
            var scoped = budget.person() == null ? given : given.over(Map.of("user", List.of(budget.person())));
            var set = new BudgetSet(id, 1, scoped.named(id), "key", "key", Instant.now());
            var event = here.types().encode("set-" + id, Instant.now(), set, Map.of(), Set.of());
            here.log()
                    .append(SpendingProcess.ORGANIZATION, List.of(event))
                    .await()
                    .atMost(DEADLINE);
        });
    }

    private static int race(TestPostgres.Database database, Replica here, Random random) throws Exception {
        var replicas = new ArrayList<SpendingProcess>();
        int killed = 0;
        try {
            replicas.add(SpendingProcess.start(database, random.nextInt()));
            replicas.add(SpendingProcess.start(database, random.nextInt()));
            while (killed < KILLS) {
                var goal = head(here) + EVENTS_BETWEEN + random.nextInt(EVENTS_BETWEEN);
                await().atMost(DEADLINE).pollInterval(Duration.ofMillis(5)).until(() -> head(here) > goal);
                replicas.remove(random.nextInt(replicas.size())).kill();
                killed++;
                replicas.add(SpendingProcess.start(database, random.nextInt()));
            }
        } finally {
            for (var replica : replicas) {
                replica.close();
            }
        }
        return killed;
    }

    private static LogChecker check(Replica here) {
        var checker = new LogChecker(BUDGETS);
        var partition = partition(here);
        long at = 0;
        for (var page = here.log().read(partition, at, 1_000).await().atMost(DEADLINE);
                !page.isEmpty();
                page = here.log().read(partition, at, 1_000).await().atMost(DEADLINE)) {
            for (var event : page) {
                here.types().decode(event).ifPresent(payload -> checker.look(event.offset(), payload));
            }
            at = page.getLast().offset();
        }
        return checker;
    }

    /** What is spent and held according to the tables is what the log says, once nobody writes any more. */
    private static void agreesWithTheView(TestPostgres.Database database, Replica here, LogChecker checker)
            throws SQLException {
        var at = new Position(here.log().timeline().await().atMost(DEADLINE), partition(here), head(here));
        await().atMost(DEADLINE).until(() -> here.projections()
                .await("budget-spend", at, Duration.ofSeconds(5))
                .await()
                .atMost(DEADLINE));
        // Reservations may have expired meanwhile, which moves nothing that is spent.
        for (var budget : BUDGETS.keySet()) {
            assertThat(sum(
                            database,
                            "SELECT coalesce(sum(spend), 0) FROM budget.budget_spend WHERE budget_id = '" + budget
                                    + "'"))
                    .isEqualByComparingTo(checker.used(budget).spent());
        }
        await().atMost(DEADLINE)
                .until(() ->
                        sum(database, "SELECT count(*) FROM budget.reservation").signum() == 0);
        assertThat(check(here).used("all").held()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    private static BigDecimal sum(TestPostgres.Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getBigDecimal(1);
        }
    }

    private static int partition(Replica here) {
        return here.log().partitionOf(SpendingProcess.ORGANIZATION).await().atMost(DEADLINE);
    }

    private static long head(Replica here) {
        return here.log().head(partition(here)).await().atMost(DEADLINE);
    }
}
