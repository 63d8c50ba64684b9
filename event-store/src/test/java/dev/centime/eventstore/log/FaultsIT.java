package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.PoolOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FaultsIT {
    private static final String APPEND_BY_HAND =
            "SELECT log.append(%d, ARRAY['%s'], ARRAY['by-hand'], ARRAY[gen_random_uuid()], ARRAY[1],"
                    + " ARRAY['t'], ARRAY[1], ARRAY[now()], ARRAY[NULL]::text[], ARRAY['{}']::bytea[], ARRAY[1], ARRAY['a=b'], false, NULL)";
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
    void aBackendKilledInMidAppendLeavesNothing() throws SQLException {
        var log = database.log();
        var before = log.append("killed", List.of(event("before")))
                .await()
                .atMost(SOON)
                .position();
        try (var connection = database.database().connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(APPEND_BY_HAND.formatted(before.partition(), "killed"));
            var pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            assertThat(database.count("SELECT pg_terminate_backend(" + pid + ")::int"))
                    .isEqualTo(1);
        } catch (SQLException killed) {
            assertThat(killed.getSQLState()).startsWith("08").isNotNull();
        }
        var after = log.append("killed", List.of(event("after")))
                .await()
                .atMost(SOON)
                .position();

        assertThat(after.offset()).isEqualTo(before.offset() + 1);
        for (var table : List.of("event", "event_id", "event_tag")) {
            assertThat(database.count("SELECT count(*) FROM log." + table + " WHERE log_offset > " + before.offset()
                            + " AND partition = " + before.partition()))
                    .isEqualTo(table.equals("event_tag") ? 0 : 1);
        }
    }

    @Test
    void nothingAcknowledgedIsLost_andNothingIsThereTwice_whileBackendsAreKilled() throws InterruptedException {
        var log = database.log();
        // Where it lies is asked for once and not again: this is about appends.
        log.partitionOf("storm").await().atMost(SOON);
        var storm = new AtomicBoolean(true);
        var killing = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < 15 && storm.get(); i++) {
                await().pollInterval(Duration.ofMillis(20)).atMost(SOON).until(() -> !storm.get() || killOne());
            }
        });
        var appends = IntStream.range(0, 1_500)
                .mapToObj(i -> Uni.createFrom().deferred(() -> log.append("storm", List.of(event("s" + i)))))
                .toList();
        Uni.join().all(appends).usingConcurrencyOf(8).andFailFast().await().atMost(Duration.ofMinutes(1));
        storm.set(false);
        // Whoever still kills would hit the next test.
        killing.join();

        assertThat(database.count("SELECT count(DISTINCT id) FROM log.event WHERE organization = 'storm'"))
                .isEqualTo(1_500);
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'storm'"))
                .isEqualTo(1_500);
        int partition = log.partitionOf("storm").await().atMost(SOON);
        assertThat(database.count("SELECT max(log_offset) - count(*) FROM log.event WHERE partition = " + partition))
                .isZero();
        assertThat(database.count("SELECT count(*) FROM log.event_id WHERE partition = " + partition))
                .isEqualTo(database.count("SELECT count(*) FROM log.event WHERE partition = " + partition));
    }

    private static boolean killOne() {
        return database.count("SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity"
                        + " WHERE usename = 'centime_shop' AND datname = current_database() AND query LIKE '%log.append%'"
                        + " LIMIT 1) victim")
                > 0;
    }

    @Test
    void aLostReplyIsSuccess_whenTheAppendIsMadeAgain() {
        var options = database.options("centime_shop_runner");
        try (var proxy = new CuttingProxy(database.vertx().getDelegate(), options)) {
            var metrics = new SimpleMeterRegistry();
            var pool = Pool.newInstance(PgBuilder.pool()
                    .connectingTo(new io.vertx.pgclient.PgConnectOptions(options).setPort(proxy.port()))
                    .with(new PoolOptions().setMaxSize(1))
                    .using(database.vertx().getDelegate())
                    .build());
            var log = PostgresEventLog.on(pool, LogSettings.defaults(), metrics);
            // So that the next reply is that of the append itself.
            var first = log.append("lost", List.of(event("warm"))).await().atMost(SOON);
            // The first one asked for room beside it, over the one connection.
            pool.query("SELECT 1").execute().await().atMost(SOON);
            proxy.cutNextReplies(1);
            var second =
                    log.append("lost", List.of(event("a"), event("b"))).await().atMost(SOON);

            assertThat(metrics.counter("centime.log.retried").count()).isPositive();
            assertThat(second.position().offset()).isEqualTo(first.position().offset() + 2);
            assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'lost'"))
                    .isEqualTo(3);
            pool.close().await().atMost(SOON);
        }
    }

    @Test
    void nobodyFails_forWhatAnotherHandedIn() throws SQLException {
        var log = database.log();
        int partition = log.append("grouped", List.of(event("first")))
                .await()
                .atMost(SOON)
                .position()
                .partition();
        // A key that stands for another event: cannot happen by chance, and passes every check before the database.
        database.execute("INSERT INTO log.event_id SELECT max(log_offset), " + partition + ", '"
                + EventKey.of("grouped", "g5") + "' FROM log.event WHERE partition = " + partition);
        List<Boolean> taken;
        // So that the appends gather behind the first.
        try (var held = hold(partition)) {
            var appends = IntStream.range(0, 10)
                    .mapToObj(i -> log.append("grouped", List.of(event("g" + i)))
                            .replaceWith(true)
                            .onFailure(IllegalArgumentException.class)
                            .recoverWithItem(false))
                    .toList();
            var all = Uni.join().all(appends).andFailFast().subscribeAsCompletionStage();
            await().atMost(SOON)
                    .until(() -> database.count(
                                    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
                            > 0);
            held.rollback();
            taken = all.join();
        }
        assertThat(taken).hasSize(10).containsOnlyOnce(false);
        assertThat(taken.get(5)).isFalse();
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'grouped'"))
                .isEqualTo(10);
    }

    @Test
    void refusesAtOnce_whenTooMuchWaits() throws SQLException {
        var log = database.log(LogDatabase.PATIENT.withQueue(10, 1_000_000));
        int partition = log.append("crowded", List.of(event("0")))
                .await()
                .atMost(SOON)
                .position()
                .partition();
        try (var held = hold(partition)) {
            var waiting = log.append("crowded", ten()).subscribeAsCompletionStage();
            assertThatThrownBy(() -> log.append("crowded", List.of(event("one too many")))
                            .await()
                            .atMost(SOON))
                    .isInstanceOf(LogUnavailable.class)
                    .hasMessageContaining("waits");
            held.rollback();
            assertThat(waiting.join().outcomes()).hasSize(10).noneMatch(Appended.Outcome::duplicate);
        }
    }

    @Test
    void givesUp_whenThePartitionIsHeld_andHasWrittenNothing() throws SQLException {
        var log = database.log(LogSettings.defaults().withPatience(Duration.ofMillis(100)));
        int partition = log.partitionOf("held").await().atMost(SOON);
        try (var held = hold(partition)) {
            assertThatThrownBy(() -> log.append("held", ten()).await().atMost(SOON))
                    .isInstanceOf(LogUnavailable.class);
            held.rollback();
        }
        assertThat(database.log().append("held", ten()).await().atMost(SOON).outcomes())
                .noneMatch(Appended.Outcome::duplicate);
    }

    /** Whoever appends to a partition waits until this is rolled back. */
    private static Connection hold(int partition) throws SQLException {
        var connection = database.database().connect();
        connection.setAutoCommit(false);
        connection.createStatement().execute("SELECT 1 FROM log.head WHERE partition = " + partition + " FOR UPDATE");
        return connection;
    }

    private static List<NewEvent> ten() {
        return IntStream.range(0, 10).mapToObj(i -> event("h" + i)).toList();
    }

    @Test
    void aDatabaseThatIsAwayIsUnavailable_notABug() {
        var away = Pool.newInstance(PgBuilder.pool()
                .connectingTo(database.options("centime_shop").setPort(1))
                .with(new PoolOptions().setMaxSize(1))
                .using(database.vertx().getDelegate())
                .build());
        var log = PostgresEventLog.on(
                away, LogSettings.defaults().withPatience(Duration.ofMillis(100)), new SimpleMeterRegistry());
        assertThatThrownBy(() -> log.append("o", List.of(event("1"))).await().atMost(SOON))
                .isInstanceOf(LogUnavailable.class);
        assertThatThrownBy(() -> log.read(1, 0, 10).await().atMost(SOON)).isInstanceOf(LogUnavailable.class);
        away.close().await().atMost(SOON);
    }
}
