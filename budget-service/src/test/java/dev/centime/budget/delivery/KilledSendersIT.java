package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.AlertSettings.Webhook;
import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.Severity;
import dev.centime.budget.Sink;
import dev.centime.budget.Sink.Behaviour;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.budget.secret.SealedRow;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.database.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that send are killed while a receiver has a message and has not answered: nothing is lost, and twice is known by its id. */
class KilledSendersIT {
    private static final String ORGANIZATION = "acme";
    private static final String PATH = "/alerts";
    private static final Duration DEADLINE = Duration.ofSeconds(120);
    private static final int ROUNDS = 3;
    private static final int ALERTS_A_ROUND = 40;

    @TempDir
    Path folder;

    @Test
    void everyMessageArrives_underItsOneId_thoughSendersAreKilledBetweenSendingAndNoting() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var database = TestPostgres.database("budget");
        var keys = key();
        var raised = new HashSet<String>();
        var senders = new ArrayList<SendingProcess>();
        try (var here = new Station(database, keys.toString());
                var sink = Sink.start()) {
            set(here, database, keys, sink.url(PATH));
            try {
                senders.add(SendingProcess.start(database, keys));
                senders.add(SendingProcess.start(database, keys));
                await().atMost(DEADLINE).until(() -> count(database, "projection_position") > 0);
                for (int round = 0; round < ROUNDS; round++) {
                    sink.behave(PATH, Behaviour.NEVER_ANSWERS);
                    var before = sink.at(PATH).size();
                    raised.addAll(raise(here));
                    await().atMost(DEADLINE).until(() -> sink.at(PATH).size() > before);
                    senders.remove(random.nextInt(senders.size())).close();
                    sink.behave(PATH, Behaviour.TAKES);
                    senders.add(SendingProcess.start(database, keys));
                }
                await().atMost(DEADLINE)
                        .until(() -> count(database, "delivery WHERE state = 'delivered'") == raised.size());
            } finally {
                senders.forEach(SendingProcess::close);
            }
            var ids = sink.at(PATH).stream()
                    .map(each -> each.header("webhook-id"))
                    .collect(Collectors.toSet());
            assertThat(ids).hasSize(raised.size());
            assertThat(count(database, "delivery")).isEqualTo(raised.size());
            assertThat(told(sink)).isEqualTo(raised);
            System.out.printf(
                    "killed senders: %d alerts, %d requests, %d ids, %d killed (seed %d)%n",
                    raised.size(), sink.at(PATH).size(), ids.size(), ROUNDS, seed);
        }
    }

    private static Set<String> told(Sink sink) {
        return sink.at(PATH).stream()
                .map(each -> each.body().replaceAll(".*\"alert_id\":\"([^\"]+)\".*", "$1"))
                .collect(Collectors.toSet());
    }

    private static Set<String> raise(Station here) {
        var ids = new HashSet<String>();
        for (int number = 0; number < ALERTS_A_ROUND; number++) {
            var id = UUID.randomUUID().toString();
            ids.add(id);
            append(
                    here,
                    new AlertRaised(
                            id, "anomaly", "warning", "Unusual", "m", "anomaly/" + id, null, null, Instant.now()),
                    Set.of());
        }
        return ids;
    }

    private static void set(Station here, TestPostgres.Database database, Path keys, String url) throws Exception {
        var partition = here.log().partitionOf(ORGANIZATION).await().atMost(DEADLINE);
        try (var connection = database.connect()) {
            SealedRow.put(connection, keys, partition, ORGANIZATION, "address", url);
            SealedRow.put(connection, keys, partition, ORGANIZATION, "secret", "whsec_" + drawn());
        }
        var webhook = new Webhook("w", "http://127.0.0.1/…", "address", List.of(new Signing("secret", null)));
        var settings = new AlertSettings(
                true, List.of(Channel.WEBHOOK), Severity.INFO, 60, List.of(), List.of(), List.of(webhook));
        append(here, new AlertSettingsSet(1, settings, "key", Instant.now()), Set.of(CurrentAlertSettings.SETTINGS));
    }

    private static void append(Station here, Object payload, Set<dev.centime.eventstore.log.Tag> tags) {
        var event = here.types().encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), tags);
        here.log().append(ORGANIZATION, List.of(event)).await().atMost(DEADLINE);
    }

    private Path key() throws Exception {
        return Files.writeString(folder.resolve("keys"), "test:" + drawn());
    }

    private static String drawn() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static long count(TestPostgres.Database database, String rows) throws SQLException {
        try (var connection = database.connect();
                var found = connection.createStatement().executeQuery("SELECT count(*) FROM budget." + rows)) {
            found.next();
            return found.getLong(1);
        }
    }
}
