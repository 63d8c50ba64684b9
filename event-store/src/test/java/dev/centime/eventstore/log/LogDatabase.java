package dev.centime.eventstore.log;

import dev.centime.database.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A database of its own with the log's schema, and logs on it as a service has them. */
public final class LogDatabase implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(60);

    /** Whose appends outlast what a busy machine may do to the database. */
    public static final LogSettings PATIENT = LogSettings.defaults().withPatience(SOON);

    private final TestPostgres.Database database = TestPostgres.database("shop", "till");
    private final Vertx vertx = Vertx.vertx();
    private final List<Pool> pools = new ArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    public Vertx vertx() {
        return vertx;
    }

    public SimpleMeterRegistry metrics() {
        return metrics;
    }

    public TestPostgres.Database database() {
        return database;
    }

    public PgConnectOptions options(String login) {
        return PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(login)
                .setPassword(database.servicePassword())
                .setCachePreparedStatements(true);
    }

    public Pool pool(String login, int size) {
        var pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(options(login))
                .with(new PoolOptions().setMaxSize(size))
                .using(vertx.getDelegate())
                .build());
        pools.add(pool);
        return pool;
    }

    public PostgresEventLog log() {
        return log(PATIENT);
    }

    public PostgresEventLog log(LogSettings settings) {
        return log(settings, new NoWakeUps());
    }

    public PostgresEventLog log(LogSettings settings, WakeUps wakeUps) {
        return PostgresEventLog.on(pool("centime_shop", 4), pool("centime_shop_runner", 3), settings, metrics, wakeUps);
    }

    public static NewEvent event(String id, Tag... tags) {
        return event(id, "thing-happened", "{\"n\":1}", tags);
    }

    public static NewEvent event(String id, String type, String json, Tag... tags) {
        return new NewEvent(
                id,
                type,
                1,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                json.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                Set.of(tags));
    }

    /** As superuser, behind the log's back. */
    public long count(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public void execute(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        pools.forEach(pool -> pool.close().await().atMost(SOON));
        vertx.close().await().atMost(SOON);
    }
}
