package dev.centime.budget.delivery;

import dev.centime.budget.AlertDelivery;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.Configured;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.Ground;
import dev.centime.budget.MailAddresses;
import dev.centime.budget.Names;
import dev.centime.budget.Severity;
import dev.centime.budget.channel.Links;
import dev.centime.budget.channel.Outgoing;
import dev.centime.budget.channel.ReachableAddresses;
import dev.centime.budget.channel.Trust;
import dev.centime.budget.channel.WebhookChannel;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.reaction.WhenAlertRaisedThenQueueMessages;
import dev.centime.budget.reaction.WhenSpendMovesThenRaiseAlerts;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.PostgresSubjects;
import dev.centime.eventstore.log.Tag;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.secret.OpenedSecrets;
import dev.centime.kit.secret.SealedAnew;
import dev.centime.kit.secret.SealingKeys;
import dev.centime.kit.secret.SecretTable;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What of a replica of budget-service sends messages, without the HTTP before it. */
final class Station implements AutoCloseable {
    private static final int RUNNERS = 3;

    private final EventTypes types = new BudgetConfiguration().eventTypes();
    private final Ground ground;
    private final EventLog log;
    private final Outgoing outgoing;
    private final SealedAnew sealedAnew;
    private final Sender sender;
    private final Projections projections;

    Station(TestPostgres.Database database, String keys) {
        this(database, keys, Map.of(), Death.NEVER);
    }

    /** @param more settings that are other than usual here. @param death where it ends by itself */
    Station(TestPostgres.Database database, String keys, Map<String, String> more, Death death) {
        ground = new Ground(database, RUNNERS);
        var runner = ground.runner();
        var metrics = ground.metrics();
        log = death.over(ground.log());
        var settings = Configured.with(values(more));
        var subjects = PostgresSubjects.on(ground.door());
        var current = new CurrentAlertSettings(log, types);
        outgoing = new Outgoing(
                ground.vertx().getDelegate(), new ReachableAddresses(settings), new Trust(settings), settings);
        var ring = new SealingKeys(Optional.of(keys));
        var table = new SecretTable(Optional.of("budget.channel_secret"));
        sealedAnew = new SealedAnew(runner, ring, table, metrics);
        var webhooks = new WebhookChannel(
                current,
                new OpenedSecrets(runner, ring, table),
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
                .wakeUps(ground.wakeUps())
                .metrics(metrics)
                .project(new BudgetSpend())
                .react(new WhenSpendMovesThenRaiseAlerts(runner, log, types, this::projections))
                .react(death.over(new WhenAlertRaisedThenQueueMessages(
                        runner, current, new MailAddresses(subjects), new Queue(runner, sender, counted))))
                .build();
    }

    private static Map<String, String> values(Map<String, String> more) {
        var values = new HashMap<>(Map.of(
                "allowed-networks", "127.0.0.0/8",
                "patience", "1s",
                "first-pause", "200ms",
                "longest-pause", "1s",
                "attempts", "1000"));
        values.putAll(more);
        return values;
    }

    private static Sender sender(
            Pool runner, WebhookChannel webhooks, AlertDelivery settings, DeliveryMetrics counted) {
        return new Sender(new DeliveryRows(runner), List.of(webhooks), settings, counted);
    }

    Station start() {
        projections
                .start()
                .chain(sealedAnew::begin)
                .chain(sender::begin)
                .await()
                .atMost(Ground.SOON);
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

    /** As a gauge shows it. */
    double shown(String gauge) {
        return ground.metrics().get(gauge).gauge().value();
    }

    /** Appends an event as another service or the door would. */
    void append(String organization, Object payload, Tag... tags) {
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), Set.of(tags));
        log.append(organization, List.of(event)).await().atMost(Ground.SOON);
    }

    /** Lets messages go to one webhook whose address and secret are sealed already. */
    void sendTo(String organization, int revision, Webhook... webhooks) {
        var settings = new AlertSettings(
                true, List.of(Channel.WEBHOOK), Severity.INFO, 60, List.of(), List.of(), List.of(webhooks), false);
        append(
                organization,
                new AlertSettingsSet(revision, settings, "key", Instant.now(), null),
                CurrentAlertSettings.SETTINGS);
    }

    /** An alert of some other cause. @return its id */
    String raise(String organization) {
        var id = UUID.randomUUID().toString();
        append(
                organization,
                new AlertRaised(id, "anomaly", "warning", "Unusual", "m", "anomaly/" + id, null, null, Instant.now()));
        return id;
    }

    @Override
    public void close() {
        sender.end();
        Ground.ended("the runner", projections.stop());
        outgoing.close();
        ground.close();
    }
}
