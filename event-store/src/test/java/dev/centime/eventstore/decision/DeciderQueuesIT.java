package dev.centime.eventstore.decision;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.PostgresSnapshots;
import io.smallrye.mutiny.Uni;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeciderQueuesIT {
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void neverSellsMoreThanThereIs_overTwoReplicas_andInFewAppends() throws SQLException {
        addSeats("rush", 300);
        var replicas = List.of(replica(1_000), replica(1_000));
        var refused = new AtomicInteger();
        long before = calls();

        var sales = IntStream.range(0, 600)
                .mapToObj(i -> replicas.get(i % 2)
                        .decide("rush", "opera", new Seats.Sell("t" + i))
                        .replaceWith(true)
                        .onFailure(Seats.SoldOut.class)
                        .recoverWithItem(() -> {
                            refused.incrementAndGet();
                            return false;
                        }))
                .toList();
        var sold = gathered("rush", sales);

        assertThat(sold.stream().filter(yes -> yes)).hasSize(300);
        assertThat(refused).hasValue(300);
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'rush' AND type = 'seat-sold'"))
                .isEqualTo(300);
        assertThat(calls() - before).isLessThan(100);
    }

    @Test
    void knowsARepeatedCommand() {
        addSeats("again", 5);
        var here = replica(1_000);
        var elsewhere = replica(1_000);
        var first =
                here.decide("again", "opera", new Seats.Sell("same")).await().atMost(SOON);
        var second = elsewhere
                .decide("again", "opera", new Seats.Sell("same"))
                .await()
                .atMost(SOON);
        var third =
                here.decide("again", "opera", new Seats.Sell("same")).await().atMost(SOON);

        assertThat(first.position()).isNotNull();
        assertThat(second.position()).isNull();
        assertThat(third.state().left()).isEqualTo(4);
    }

    @Test
    void refusesOnlyOnWhatIsTrueNow_thoughItRemembersAnOlderState() {
        addSeats("late", 1);
        var here = replica(1_000);
        here.decide("late", "opera", new Seats.Sell("a")).await().atMost(SOON);
        assertThatThrownBy(() -> here.decide("late", "opera", new Seats.Sell("b"))
                        .await()
                        .atMost(SOON))
                .isInstanceOf(Seats.SoldOut.class);
        // Somebody else adds a seat, which this replica has not seen.
        addSeats("late", 1);

        assertThat(here.decide("late", "opera", new Seats.Sell("b"))
                        .await()
                        .atMost(SOON)
                        .state()
                        .sold())
                .isEqualTo(2);
    }

    @Test
    void letsNobodyFail_forWhatAnothersFactHolds() {
        addSeats("poison", 10);
        var here = replica(1_000);
        var sales = IntStream.range(0, 6)
                .mapToObj(i -> here.decide("poison", "opera", new Seats.Sell(i == 3 ? "bad\u0000" : "t" + i))
                        .replaceWith(true)
                        .onFailure(IllegalArgumentException.class)
                        .recoverWithItem(false))
                .toList();
        var sold = Uni.join().all(sales).andFailFast().await().atMost(SOON);

        assertThat(sold).containsExactly(true, true, true, false, true, true);
    }

    @Test
    void beginsFromASnapshot_whenItStartsAgain() {
        addSeats("long", 100);
        var before = new DeciderQueues<>(
                database.log(),
                PostgresSnapshots.on(database.pool("centime_shop", 1)),
                Seats.types(),
                new Seats(10),
                100);
        for (int i = 0; i < 25; i++) {
            before.decide("long", "opera", new Seats.Sell("t" + i)).await().atMost(SOON);
        }
        await().atMost(SOON)
                .until(() ->
                        database.count("SELECT coalesce(max((convert_from(state, 'UTF8')::json ->> 'sold')::int), 0)"
                                        + " FROM log.snapshot WHERE organization = 'long'")
                                >= 10);
        // Without the snapshot the state could not be had any more.
        database.execute(
                "UPDATE log.event SET payload = '{\"seats\":0}' WHERE organization = 'long' AND type = 'seats-added'");

        var decided = replica(10)
                .decide("long", "opera", new Seats.Sell("next"))
                .await()
                .atMost(SOON);
        assertThat(decided.state().left()).isEqualTo(74);
    }

    @Test
    void refusesToLetTooManyWait() throws SQLException {
        var small = new DeciderQueues<>(
                database.log(),
                PostgresSnapshots.on(database.pool("centime_shop", 1)),
                Seats.types(),
                new Seats(100),
                10);
        addSeats("full", 100);
        var overflowed = new AtomicInteger();
        var sales = IntStream.range(0, 50)
                .mapToObj(i -> small.decide("full", "opera", new Seats.Sell("t" + i))
                        .replaceWith(true)
                        .onFailure(LogUnavailable.class)
                        .recoverWithItem(() -> {
                            overflowed.incrementAndGet();
                            return false;
                        }))
                .toList();
        assertThat(gathered("full", sales).stream().filter(yes -> yes)).hasSize(10);
        assertThat(overflowed).hasValue(40);
        assertThat(small.decide("full", "opera", new Seats.Sell("later"))
                        .await()
                        .atMost(SOON)
                        .position())
                .isNotNull();
    }

    /** All asked for while nobody can append, so that they gather behind the first however fast it is. */
    private static List<Boolean> gathered(String organization, List<Uni<Boolean>> sales) throws SQLException {
        int partition = database.log().partitionOf(organization).await().atMost(SOON);
        try (var held = database.database().connect();
                var statement = held.createStatement()) {
            held.setAutoCommit(false);
            statement.execute("SELECT 1 FROM log.head WHERE partition = " + partition + " FOR UPDATE");
            var asked = Uni.join().all(sales).andFailFast().subscribeAsCompletionStage();
            held.rollback();
            return Uni.createFrom().completionStage(asked).await().atMost(SOON);
        }
    }

    private static DeciderQueues<Seats.Sell, Seats.State> replica(int every) {
        return new DeciderQueues<>(
                database.log(),
                PostgresSnapshots.on(database.pool("centime_shop", 1)),
                Seats.types(),
                new Seats(every),
                1_000);
    }

    private static long calls() {
        return database.metrics().timer("centime.log.append").count();
    }

    private static void addSeats(String organization, int seats) {
        var event = Seats.added("add-" + System.nanoTime(), seats);
        database.log().append(organization, List.of(event)).await().atMost(SOON);
    }
}
