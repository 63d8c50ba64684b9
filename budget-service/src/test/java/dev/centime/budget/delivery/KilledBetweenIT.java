package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.Given;
import dev.centime.budget.Sink;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded;
import dev.centime.database.TestPostgres;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replicas die between a crossing and its alert, and between an alert and its messages, before each step and after it; then two
 * others run while the view is rebuilt. Each crossing is in the log once and is told under one id.
 */
class KilledBetweenIT {
    private static final String ORGANIZATION = "acme";
    private static final String PATH = "/alerts";
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int BUDGETS_A_ROUND = 5;
    private static final List<Death> DEATHS =
            List.of(Death.BEFORE_THE_ALERT, Death.AFTER_THE_ALERT, Death.BEFORE_THE_MESSAGE, Death.AFTER_THE_MESSAGE);

    @TempDir
    Path folder;

    private int rounds;

    @Test
    void eachCrossingIsRaisedOnce_andToldUnderOneId_whereverItsReplicaDies_andThroughARebuild() throws Exception {
        var database = TestPostgres.database("budget");
        var keys = Keys.in(folder, "test");
        try (var sink = Sink.start();
                var here = new Station(database, keys.file().toString())) {
            here.sendTo(ORGANIZATION, 1, keys.seal(here, database, ORGANIZATION, "w", sink.url(PATH)));
            hasRunBefore(database, keys);
            for (var death : DEATHS) {
                reachLimits(here);
                assertThat(SendingProcess.start(database, keys.file(), death).awaitDeath(DEADLINE))
                        .as(death.name())
                        .isEqualTo(Death.STATUS);
            }
            assertThat(sink.at(PATH).size()).isLessThan(rounds * BUDGETS_A_ROUND);
            withARebuild(database, keys, here);
            assertThat(raised(here)).doesNotHaveDuplicates().hasSize(rounds * BUDGETS_A_ROUND);
            var told = sink.at(PATH).stream()
                    .collect(Collectors.groupingBy(
                            each -> each.body().replaceAll(".*\"alert_id\":\"([^\"]+)\".*", "$1"),
                            Collectors.mapping(each -> each.header("webhook-id"), Collectors.toSet())));
            assertThat(told.keySet()).containsExactlyInAnyOrderElementsOf(raised(here));
            assertThat(told.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        }
    }

    /** One replica in a process of its own, one in this. */
    private void withARebuild(TestPostgres.Database database, Keys keys, Station here) throws Exception {
        var one = SendingProcess.start(database, keys.file());
        try (var other = new Station(database, keys.file().toString()).start()) {
            reachLimits(here);
            awaitAlerts(here);
            rebuild(other);
            reachLimits(here);
            awaitAlerts(here);
            await().atMost(DEADLINE).until(() -> delivered(database) == rounds * BUDGETS_A_ROUND);
        } finally {
            one.close();
        }
    }

    /** Nobody is told of alerts from before the reaction first ran. */
    private static void hasRunBefore(TestPostgres.Database database, Keys keys) throws Exception {
        try (var before = new Station(database, keys.file().toString()).start()) {
            await().atMost(DEADLINE)
                    .until(() ->
                            count(database, "projection_position WHERE projection = 'queue-alert-messages' AND serving")
                                    > 0);
        }
    }

    /** Budgets whose limit is what is spent once this round's call is. */
    private void reachLimits(Station here) {
        rounds++;
        for (int number = 0; number < BUDGETS_A_ROUND; number++) {
            var id = "b-" + rounds + "-" + number;
            var definition = Given.budget(Type.ANNUAL)
                    .of(String.valueOf(rounds))
                    .from(LocalDate.now().toString())
                    .at(new Threshold(new BigDecimal("100"), Action.WARN, List.of()))
                    .named(id);
            here.append(ORGANIZATION, new BudgetSet(id, 1, definition, "key", "key", Instant.now()));
        }
        here.append(ORGANIZATION, call());
    }

    private static UsageRecorded call() {
        return new UsageRecorded(
                UUID.randomUUID().toString(),
                Instant.now(),
                new Model("anthropic", "claude-haiku", null, null),
                new Attribution(null, null, null, null, null, null, Map.of()),
                Tokens.of(1, 1),
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.reported(Money.of("1")),
                new UsageRecorded.Provenance("test", null, null, null, List.of(), null, null, null, null, null),
                0);
    }

    private void awaitAlerts(Station here) {
        await().atMost(DEADLINE).until(() -> raised(here).size() >= rounds * BUDGETS_A_ROUND);
    }

    private static void rebuild(Station one) {
        var rebuild = one.projections().rebuild("budget-spend").await().atMost(DEADLINE);
        await().atMost(DEADLINE).until(() -> one.projections().rebuilds().await().atMost(DEADLINE).stream()
                .anyMatch(each -> each.id().equals(rebuild) && each.finishedAt() != null));
    }

    /** The ids of all alerts that the log holds, as often as it holds them. */
    private static List<String> raised(Station here) {
        var partition = here.log().partitionOf(ORGANIZATION).await().atMost(DEADLINE);
        return here.log().read(partition, 0, 10_000).await().atMost(DEADLINE).stream()
                .map(event -> here.types().decode(event).orElse(null))
                .filter(AlertRaised.class::isInstance)
                .map(event -> ((AlertRaised) event).alertId())
                .toList();
    }

    private static long delivered(TestPostgres.Database database) throws SQLException {
        return count(database, "delivery WHERE state = 'delivered'");
    }

    private static long count(TestPostgres.Database database, String rows) throws SQLException {
        try (var connection = database.connect();
                var found = connection.createStatement().executeQuery("SELECT count(*) FROM budget." + rows)) {
            found.next();
            return found.getLong(1);
        }
    }
}
