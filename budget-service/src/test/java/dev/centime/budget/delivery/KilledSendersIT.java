package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.Sink;
import dev.centime.budget.Sink.Behaviour;
import dev.centime.database.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
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
        var keys = Keys.in(folder, "test");
        var raised = new HashSet<String>();
        var senders = new ArrayList<SendingProcess>();
        try (var here = new Station(database, keys.file().toString());
                var sink = Sink.start()) {
            here.sendTo(ORGANIZATION, 1, keys.seal(here, database, ORGANIZATION, "w", sink.url(PATH)));
            try {
                senders.add(SendingProcess.start(database, keys.file()));
                senders.add(SendingProcess.start(database, keys.file()));
                await().atMost(DEADLINE)
                        .until(() ->
                                count(database, "projection_position WHERE projection = 'queue-alert-messages'") > 0);
                for (int round = 0; round < ROUNDS; round++) {
                    sink.behave(PATH, Behaviour.NEVER_ANSWERS);
                    var before = sink.at(PATH).size();
                    raised.addAll(raise(here));
                    await().atMost(DEADLINE).until(() -> sink.at(PATH).size() > before);
                    senders.remove(random.nextInt(senders.size())).close();
                    sink.behave(PATH, Behaviour.TAKES);
                    senders.add(SendingProcess.start(database, keys.file()));
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
            ids.add(here.raise(ORGANIZATION));
        }
        return ids;
    }

    private static long count(TestPostgres.Database database, String rows) throws SQLException {
        try (var connection = database.connect();
                var found = connection.createStatement().executeQuery("SELECT count(*) FROM budget." + rows)) {
            found.next();
            return found.getLong(1);
        }
    }
}
