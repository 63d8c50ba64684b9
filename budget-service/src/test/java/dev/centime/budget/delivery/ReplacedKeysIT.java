package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.Sink;
import dev.centime.database.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service is started again with another key for the secrets of its channels, and with none. */
class ReplacedKeysIT {
    private static final String ORGANIZATION = "acme";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String LOST = "centime.alerts.secrets.lost";

    @TempDir
    Path folder;

    private TestPostgres.Database database;

    @Test
    void whatAnOlderKeySealedIsSealedAnew_andTheOlderKeyCanGo() throws Exception {
        database = TestPostgres.database("budget");
        var old = Keys.in(folder, "old");
        var recent = Keys.in(folder, "recent");
        try (var sink = Sink.start()) {
            startedWith(old.file(), Map.of(), station -> {
                station.sendTo(ORGANIZATION, 1, old.seal(station, database, ORGANIZATION, "w", sink.url("/w")));
                station.raise(ORGANIZATION);
                await().atMost(DEADLINE).until(() -> told(sink, "/w") == 1);
                return null;
            });
            assertThat(sealedWith()).containsExactly("old", "old");

            startedWith(old.behind(recent).file(), Map.of(), station -> {
                assertThat(sealedWith()).containsExactly("recent", "recent");
                assertThat(station.shown(LOST)).isZero();
                station.raise(ORGANIZATION);
                await().atMost(DEADLINE).until(() -> told(sink, "/w") == 2);
                return null;
            });

            startedWith(recent.file(), Map.of(), station -> {
                assertThat(station.shown(LOST)).isZero();
                station.raise(ORGANIZATION);
                await().atMost(DEADLINE).until(() -> told(sink, "/w") == 3);
                return null;
            });
        }
    }

    @Test
    void withoutTheKeyAlertsStayOnRecord_messagesWait_andGoOutOnceItIsBack() throws Exception {
        database = TestPostgres.database("budget");
        var key = Keys.in(folder, "only");
        var raised = new ArrayList<String>();
        try (var sink = Sink.start()) {
            startedWith(key.file(), Map.of(), station -> {
                station.sendTo(ORGANIZATION, 1, key.seal(station, database, ORGANIZATION, "w", sink.url("/w")));
                return null;
            });

            startedWith(folder.resolve("no-such-file"), Map.of(), station -> {
                assertThat(station.shown(LOST)).isEqualTo(2);
                raised.add(station.raise(ORGANIZATION));
                await().atMost(DEADLINE).until(() -> delivery(raised.getFirst()).attempts() > 1);
                assertThat(delivery(raised.getFirst()).state()).isEqualTo("waiting");
                assertThat(delivery(raised.getFirst()).reason())
                        .contains("this installation has no key for them")
                        .contains("CENTIME_CHANNEL_KEYS");
                return null;
            });
            assertThat(sink.at("/w")).isEmpty();

            startedWith(key.file(), Map.of(), station -> {
                await().atMost(DEADLINE).until(() -> told(sink, "/w") == 1);
                return null;
            });
        }
    }

    @Test
    void whatALostKeySealedIsDeadAfterItsAttempts_andWhatIsSetAnewIsSent() throws Exception {
        database = TestPostgres.database("budget");
        var lost = Keys.in(folder, "lost");
        var other = Keys.in(folder, "other");
        try (var sink = Sink.start()) {
            startedWith(other.file(), Map.of("attempts", "2", "patience", "10s"), station -> {
                var sealedBefore = lost.seal(station, database, ORGANIZATION, "w", sink.url("/w"));
                var setAnew = other.seal(station, database, ORGANIZATION, "x", sink.url("/x"));
                station.sendTo(ORGANIZATION, 1, sealedBefore, setAnew);
                var alert = station.raise(ORGANIZATION);
                await().atMost(DEADLINE).until(() -> told(sink, "/x") == 1);
                await().atMost(DEADLINE)
                        .until(() -> delivery(alert, "w").state().equals("dead"));
                assertThat(delivery(alert, "w").attempts()).isEqualTo(2);
                assertThat(delivery(alert, "w").reason()).contains("the key lost that sealed a secret is not here");
                return null;
            });
            startedWith(other.file(), Map.of(), station -> {
                assertThat(station.shown(LOST)).isEqualTo(2);
                return null;
            });
            assertThat(sink.at("/w")).isEmpty();
        }
    }

    private interface Meanwhile {
        Void happens(Station station) throws Exception;
    }

    private void startedWith(Path keys, Map<String, String> more, Meanwhile meanwhile) throws Exception {
        try (var station = new Station(database, keys.toString(), more, Death.NEVER).start()) {
            // Nobody is told of alerts from before the reaction first ran.
            await().atMost(DEADLINE).until(this::reacts);
            meanwhile.happens(station);
        }
    }

    /** Messages, however often each: one that was not noted before its sender ended is sent again. */
    private static long told(Sink sink, String path) {
        return sink.at(path).stream()
                .map(each -> each.header("webhook-id"))
                .distinct()
                .count();
    }

    private boolean reacts() throws SQLException {
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT FROM budget.projection_position WHERE projection = 'queue-alert-messages'")) {
            return rows.next();
        }
    }

    private List<String> sealedWith() throws SQLException {
        var keys = new ArrayList<String>();
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT key_id FROM budget.channel_secret ORDER BY secret_id")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private record Stored(String state, int attempts, String reason) {}

    private Stored delivery(String alert) throws SQLException {
        return delivery(alert, "w");
    }

    /** As the table has it; nothing where it has none. */
    private Stored delivery(String alert, String webhook) throws SQLException {
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "SELECT state, attempts, last_reason FROM budget.delivery WHERE alert_id = ? AND destination = ?")) {
            select.setString(1, alert);
            select.setString(2, webhook);
            var rows = select.executeQuery();
            return rows.next()
                    ? new Stored(rows.getString(1), rows.getInt(2), rows.getString(3))
                    : new Stored("", 0, "");
        }
    }
}
