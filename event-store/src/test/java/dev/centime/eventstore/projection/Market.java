package dev.centime.eventstore.projection;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.archive.FileArchive;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.WakeUps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** A database of its own with the schema {@code market}, its log, and runners as a service starts them. */
final class Market implements AutoCloseable {
    static final Duration SOON = Duration.ofSeconds(60);
    /** Whose lease outlives what a busy machine may do to it. */
    static final RunnerSettings QUICK = RunnerSettings.DEFAULT
            .withLease(Duration.ofSeconds(30), Duration.ofMillis(200))
            .withPoll(Duration.ofMillis(50));
    /** Where somebody waits for a lease to run out. */
    static final RunnerSettings FLEETING = QUICK.withLease(Duration.ofSeconds(2), Duration.ofMillis(200));

    /** Whose appends outlast what a busy machine may do to the database. */
    private static final LogSettings PATIENT = LogSettings.defaults().withPatience(SOON);

    /** Appended at once, so that no call is a large one. */
    private static final int SALES_AT_ONCE = 2_000;

    static final EventTypes TYPES = EventTypes.with(new ObjectMapper())
            .add(Sold.class, "sold", 1)
            .add(Printed.class, "printed", 1)
            .build();

    private final TestPostgres.Database database;
    private final Vertx vertx = Vertx.vertx();
    private final List<Projections> running = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private final EventLog log;

    Market() {
        this(TestPostgres.database("market"));
    }

    Market(TestPostgres.Database database) {
        this.database = database;
        this.log = newLog();
    }

    TestPostgres.Database database() {
        return database;
    }

    EventLog log() {
        return log;
    }

    EventLog newLog() {
        return newLog(WakeUps.none());
    }

    EventLog newLog(WakeUps wakeUps) {
        return PostgresEventLog.on(
                pool("centime_market", 4),
                pool("centime_market_runner", 3),
                PATIENT,
                new SimpleMeterRegistry(),
                wakeUps);
    }

    /** A log that also reads what was archived to a directory. */
    EventLog archivedLog(Path directory) {
        var runner = pool("centime_market_runner", 3);
        return PostgresEventLog.on(
                pool("centime_market", 4),
                runner,
                PATIENT,
                new SimpleMeterRegistry(),
                WakeUps.none(),
                FileArchive.in(directory, runner, new SimpleMeterRegistry()));
    }

    Vertx vertx() {
        return vertx;
    }

    /** Whether the service's logins may connect; those who are connected are thrown out when not. */
    void letIn(boolean open) {
        for (var login : List.of("centime_market", "centime_market_runner")) {
            execute("ALTER ROLE " + login + (open ? " LOGIN" : " NOLOGIN"));
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + login
                    + "' AND datname = current_database()");
        }
    }

    PgConnectOptions options(String login) {
        return PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(login)
                .setPassword(database.servicePassword())
                .setCachePreparedStatements(true);
    }

    Pool pool(String login, int size) {
        var pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(options(login))
                .with(new PoolOptions().setMaxSize(size))
                .using(vertx)
                .build());
        pools.add(pool);
        return pool;
    }

    /** A runner of its own pool, as another replica would be. */
    RunnerBuilder runner() {
        return ProjectionRunner.builder()
                .schema("market")
                .log(newLog())
                .types(TYPES)
                .pool(pool("centime_market_runner", 3))
                .metrics(new SimpleMeterRegistry())
                .settings(QUICK);
    }

    Projections start(RunnerBuilder builder) {
        var projections = builder.build();
        running.add(projections);
        projections.start().await().atMost(SOON);
        return projections;
    }

    void stop(Projections projections) {
        running.remove(projections);
        projections.stop().await().atMost(SOON);
    }

    static NewEvent sold(String item, long cents) {
        return TYPES.encode(
                UUID.randomUUID().toString(),
                Instant.parse("2026-03-01T10:00:00Z"),
                new Sold(item, cents),
                Map.of(),
                Set.of());
    }

    /** An event whose bytes are of no such type. */
    static NewEvent garbled() {
        return new NewEvent(
                UUID.randomUUID().toString(),
                "sold",
                1,
                Instant.parse("2026-03-01T10:00:00Z"),
                "{\"cents\":\"many\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of(),
                Set.of());
    }

    /** Organizations of one partition. */
    List<String> neighbours(int count) {
        var byPartition = new TreeMap<Integer, List<String>>();
        for (int i = 0; ; i++) {
            var organization = "stall-" + i;
            var partition = log.partitionOf(organization).await().atMost(SOON);
            var there = byPartition.computeIfAbsent(partition, p -> new ArrayList<>());
            there.add(organization);
            if (there.size() == count) {
                return there;
            }
        }
    }

    Position append(String organization, NewEvent... events) {
        return append(organization, List.of(events));
    }

    Position append(String organization, List<NewEvent> events) {
        return log.append(organization, events).await().atMost(SOON).position();
    }

    /** Sales of an organization, {@code count} of them over some items. */
    Position sell(String organization, int count) {
        var events = new ArrayList<NewEvent>();
        for (int i = 0; i < count; i++) {
            if (events.size() == SALES_AT_ONCE) {
                append(organization, events);
                events.clear();
            }
            events.add(sold("item-" + i % 7, i % 100));
        }
        return append(organization, events);
    }

    boolean await(Projections projections, Position position) {
        return projections.await("sales", position, SOON).await().atMost(SOON.plusSeconds(5));
    }

    /** The view: sold and cents by organization and item. */
    Map<String, String> view() {
        return map("SELECT organization || '/' || item, sold || ' for ' || cents FROM market.sales");
    }

    /** The same, counted from the log. */
    Map<String, String> recount() {
        return map("""
                SELECT organization || '/' || (p ->> 'item'), count(*) || ' for ' || sum((p ->> 'cents')::bigint)
                FROM (SELECT organization, convert_from(payload, 'UTF8')::json AS p FROM log.event WHERE type = 'sold') e
                GROUP BY organization, p ->> 'item'""");
    }

    /** Offsets kept as detail rows, and how many times: once each, or something is wrong. */
    long receipts() {
        return number("SELECT count(*) FROM market.receipt");
    }

    Map<String, String> map(String sql) {
        var found = new TreeMap<String, String>();
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            while (rows.next()) {
                found.put(rows.getString(1), rows.getString(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    long number(String sql) {
        try (var connection = database.connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void execute(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        List.copyOf(running).forEach(this::stop);
        pools.forEach(pool -> pool.close().await().atMost(SOON));
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
