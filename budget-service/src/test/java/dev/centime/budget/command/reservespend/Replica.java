package dev.centime.budget.command.reservespend;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.reaction.WhenReservationIsDueThenExpire;
import dev.centime.budget.standing.Standings;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresWakeUps;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What of a replica of budget-service decides about reservations, without the HTTP before it: log, view, memory and decisions. */
final class Replica implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final int MANY = 50_000;

    private final Vertx vertx = Vertx.vertx();
    private final EventTypes types = new BudgetConfiguration().eventTypes();
    private final Pool door;
    private final Pool runner;
    private final PostgresWakeUps wakeUps;
    private final EventLog log;
    private final Projections projections;
    private final Standings standings;
    private final ReserveSpendHandler handler;

    Replica(TestPostgres.Database database) {
        this(database, 3);
    }

    /** @param runners connections of what runs without callers */
    Replica(TestPostgres.Database database, int runners) {
        this(database, runners, Clock.systemUTC());
    }

    /** @param clock by which windows are told */
    Replica(TestPostgres.Database database, int runners, Clock clock) {
        this(database, runners, clock, UnaryOperator.identity());
    }

    /** @param onTheWay what becomes of the decisions' way to the log */
    Replica(TestPostgres.Database database, int runners, Clock clock, UnaryOperator<EventLog> onTheWay) {
        var metrics = new SimpleMeterRegistry();
        door = pool(database, "centime_budget", 4);
        runner = pool(database, "centime_budget_runner", runners);
        wakeUps = PostgresWakeUps.on(vertx, options(database, "centime_budget"));
        log = PostgresEventLog.on(door, runner, LogSettings.defaults(), metrics, wakeUps);
        projections = ProjectionRunner.builder()
                .schema("budget")
                .log(log)
                .types(types)
                .pool(runner)
                .wakeUps(wakeUps)
                .metrics(metrics)
                .project(new BudgetSpend())
                .whenDue(new WhenReservationIsDueThenExpire(log, types))
                .build();
        standings = new Standings(log, types, wakeUps, projections, runner, clock, metrics, MANY);
        handler = new ReserveSpendHandler(standings, onTheWay.apply(log), types, clock, metrics, MANY);
    }

    Replica start() {
        projections.start().chain(standings::begin).await().atMost(SOON);
        return this;
    }

    EventLog log() {
        return log;
    }

    EventTypes types() {
        return types;
    }

    Projections projections() {
        return projections;
    }

    ReserveSpendHandler handler() {
        return handler;
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

    /** In the order in which nobody takes away what somebody still uses: who asks ends first, then the pools, then the threads. */
    @Override
    public void close() {
        standings.end();
        ended("the runner", projections.stop());
        wakeUps.close();
        ended("the door's pool", door.close());
        ended("the runner's pool", runner.close());
        ended("the event loops", vertx.close());
    }

    private static void ended(String what, Uni<Void> end) {
        end.ifNoItem()
                .after(SOON)
                .failWith(() -> new IllegalStateException(what + " did not end within " + SOON))
                .await()
                .indefinitely();
    }
}
