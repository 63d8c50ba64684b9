package dev.centime.budget.delivery;

import dev.centime.budget.AlertDelivery;
import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Configured;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.Names;
import dev.centime.budget.channel.Links;
import dev.centime.budget.channel.Outgoing;
import dev.centime.budget.channel.ReachableAddresses;
import dev.centime.budget.channel.WebhookChannel;
import dev.centime.budget.reaction.WhenAlertRaisedThenQueueMessages;
import dev.centime.budget.secret.ChannelKeys;
import dev.centime.budget.secret.OpenedSecrets;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.PostgresSubjects;
import dev.centime.eventstore.log.PostgresWakeUps;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What of a replica of budget-service sends messages, without the HTTP before it. */
final class Station implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final Vertx vertx = Vertx.vertx();
    private final EventTypes types = new BudgetConfiguration().eventTypes();
    private final PostgresWakeUps wakeUps;
    private final EventLog log;
    private final Outgoing outgoing;
    private final Sender sender;
    private final Projections projections;

    Station(TestPostgres.Database database, String keys) {
        var metrics = new SimpleMeterRegistry();
        var door = pool(database, "centime_budget", 4);
        var runner = pool(database, "centime_budget_runner", 3);
        wakeUps = PostgresWakeUps.on(vertx, options(database, "centime_budget"));
        log = PostgresEventLog.on(door, runner, LogSettings.defaults(), metrics, wakeUps);
        var settings = Configured.with(Map.of(
                "keys", keys,
                "allowed-networks", "127.0.0.0/8",
                "patience", "1s",
                "first-pause", "200ms",
                "longest-pause", "1s",
                "attempts", "1000"));
        var subjects = PostgresSubjects.on(door);
        var current = new CurrentAlertSettings(log, types);
        outgoing = new Outgoing(vertx.getDelegate(), new ReachableAddresses(settings), settings);
        var webhooks = new WebhookChannel(
                current,
                new OpenedSecrets(runner, new ChannelKeys(settings)),
                new Names(subjects),
                outgoing,
                new Links(settings),
                Clock.systemUTC(),
                settings);
        var counted = new DeliveryMetrics(metrics);
        sender = sender(runner, webhooks, settings, counted);
        projections = ProjectionRunner.builder()
                .schema("budget")
                .log(log)
                .types(types)
                .pool(runner)
                .wakeUps(wakeUps)
                .metrics(metrics)
                .react(new WhenAlertRaisedThenQueueMessages(
                        runner, current, new MailAddresses(subjects), new Queue(runner, sender, counted)))
                .build();
    }

    private static Sender sender(
            Pool runner, WebhookChannel webhooks, AlertDelivery settings, DeliveryMetrics counted) {
        return new Sender(new DeliveryRows(runner), List.of(webhooks), settings, counted);
    }

    Station start() {
        projections.start().chain(sender::begin).await().atMost(SOON);
        return this;
    }

    EventLog log() {
        return log;
    }

    EventTypes types() {
        return types;
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

    @Override
    public void close() {
        sender.end();
        projections.stop().await().atMost(SOON);
        outgoing.close();
        wakeUps.close();
        // Nothing is asked of it any more, and the process ends soon: nobody waits for its sockets.
        vertx.closeAndForget();
    }
}
