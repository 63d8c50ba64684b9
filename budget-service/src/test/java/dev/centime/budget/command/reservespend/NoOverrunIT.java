package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Given;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.StoredEvent;
import io.smallrye.mutiny.Uni;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers of several replicas race for the last cents while replicas are killed: the log must show that no limit was overrun. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
            var checker = agreesWithTheView(database, here);
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
            var event =
                    here.types().encode("set-" + id, Instant.now(), set, Map.of(), Set.of(BudgetConfiguration.LIMITS));
            answer("budgets are set", here.log().append(SpendingProcess.ORGANIZATION, List.of(event)));
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
                await("the replicas spend up to " + goal + ", after " + killed + " were killed")
                        .atMost(DEADLINE)
                        .pollInterval(Duration.ofMillis(5))
                        .until(() -> head(here) > goal);
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
        for (var page = page(here, partition, at); !page.isEmpty(); page = page(here, partition, at)) {
            for (var event : page) {
                checker.look(event, here.types().decode(event).orElse(null));
            }
            at = page.getLast().offset();
        }
        return checker;
    }

    private static List<StoredEvent> page(Replica here, int partition, long after) {
        return answer("the log is read after " + after, here.log().read(partition, after, 1_000));
    }

    /**
     * What is spent and held according to the tables is what the log says, once nobody writes any more. What a replica that was killed had
     * asked for is still written after it, so it is looked at until nothing more comes.
     */
    private static LogChecker agreesWithTheView(TestPostgres.Database database, Replica here) {
        await("the view is what the log says, and what nobody closes expires")
                .atMost(DEADLINE.multipliedBy(2))
                .untilAsserted(() -> {
                    var checker = check(here);
                    for (var budget : BUDGETS.keySet()) {
                        assertThat(sum(
                                        database,
                                        "SELECT coalesce(sum(spend), 0) FROM budget.budget_spend WHERE budget_id = '"
                                                + budget + "'"))
                                .isEqualByComparingTo(checker.used(budget).spent());
                    }
                    assertThat(sum(database, "SELECT count(*) FROM budget.reservation"))
                            .isEqualByComparingTo(BigDecimal.ZERO);
                    assertThat(checker.used("all").held()).isEqualByComparingTo(BigDecimal.ZERO);
                });
        return check(here);
    }

    private static BigDecimal sum(TestPostgres.Database database, String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(Math.toIntExact(DEADLINE.toSeconds()));
            try (var rows = statement.executeQuery(sql)) {
                rows.next();
                return rows.getBigDecimal(1);
            }
        }
    }

    private static int partition(Replica here) {
        return answer("the partition", here.log().partitionOf(SpendingProcess.ORGANIZATION));
    }

    private static long head(Replica here) {
        return answer("the log's head", here.log().head(partition(here)));
    }

    private static <T> T answer(String what, Uni<T> asked) {
        return asked.ifNoItem()
                .after(DEADLINE)
                .failWith(() -> new AssertionError(what + ": no answer within " + DEADLINE))
                .await()
                .indefinitely();
    }
}
