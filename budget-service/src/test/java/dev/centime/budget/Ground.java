package dev.centime.budget;

import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresWakeUps;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;

/** What any part of a replica of budget-service stands on when a test makes it by hand: its two logins, the log, who wakes it. */
public final class Ground implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(60);

    private static final String DOOR = "centime_budget";
    private static final String RUNNER = "centime_budget_runner";
    private static final int CALLERS = 4;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Pool door;
    private final Pool runner;
    private final PostgresWakeUps wakeUps;
    private final EventLog log;

    /** @param runners connections of what runs without callers */
    public Ground(TestPostgres.Database database, int runners) {
        door = pool(database, DOOR, CALLERS);
        runner = pool(database, RUNNER, runners);
        wakeUps = PostgresWakeUps.on(vertx, options(database, DOOR));
        log = PostgresEventLog.on(door, runner, LogSettings.defaults(), metrics, wakeUps);
    }

    public Vertx vertx() {
        return vertx;
    }

    public SimpleMeterRegistry metrics() {
        return metrics;
    }

    /** As callers are served. */
    public Pool door() {
        return door;
    }

    /** As what runs without callers. */
    public Pool runner() {
        return runner;
    }

    public PostgresWakeUps wakeUps() {
        return wakeUps;
    }

    public EventLog log() {
        return log;
    }

    private Pool pool(TestPostgres.Database database, String user, int size) {
        return Pool.newInstance(PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(size))
                .connectingTo(options(database, user))
                .using(vertx.getDelegate())
                .build());
    }

    private static PgConnectOptions options(TestPostgres.Database database, String user) {
        return PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(user)
                .setPassword(database.servicePassword())
                .setCachePreparedStatements(true);
    }

    /** When nobody stands on it any more. In the order in which nothing is taken away that is still used: pools before threads. */
    @Override
    public void close() {
        wakeUps.close();
        ended("the door's pool", door.close());
        ended("the runner's pool", runner.close());
        ended("the event loops", vertx.close());
    }

    /** Waits for what must end before the next does. */
    public static void ended(String what, Uni<Void> end) {
        end.ifNoItem()
                .after(SOON)
                .failWith(() -> new IllegalStateException(what + " did not end within " + SOON))
                .await()
                .indefinitely();
    }
}
