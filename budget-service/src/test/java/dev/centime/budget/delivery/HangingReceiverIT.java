package dev.centime.budget.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.Sink;
import dev.centime.budget.Sink.Behaviour;
import dev.centime.database.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A receiver takes every message and never answers. */
class HangingReceiverIT {
    private static final String ORGANIZATION = "acme";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /** More than are sent at once for one organization. */
    private static final int ALERTS = 5;

    @TempDir
    Path folder;

    @Test
    void holdsUpNobody_andIsGivenUpInTheEnd() throws Exception {
        var database = TestPostgres.database("budget");
        var keys = Keys.in(folder, "test");
        try (var sink = Sink.start();
                var station =
                        new Station(database, keys.file().toString(), Map.of("attempts", "4"), Death.NEVER).start()) {
            sink.behave("/hangs", Behaviour.NEVER_ANSWERS);
            station.sendTo(
                    ORGANIZATION,
                    1,
                    keys.seal(station, database, ORGANIZATION, "hangs", sink.url("/hangs")),
                    keys.seal(station, database, ORGANIZATION, "well", sink.url("/well")));
            for (int number = 0; number < ALERTS; number++) {
                station.raise(ORGANIZATION);
            }

            await().atMost(DEADLINE).until(() -> told(sink) == ALERTS);
            await().atMost(DEADLINE).until(() -> hanging(database, "state = 'dead' AND attempts = 4") == ALERTS);
            assertThat(hanging(database, "last_reason LIKE 'TimeoutException%'"))
                    .isPositive();
            assertThat(sink.at("/hangs")).hasSizeGreaterThan(ALERTS);
        }
    }

    /** Who is too slow to answer is told again, under the same id. */
    private static int told(Sink sink) {
        return sink.at("/well").stream()
                .map(each -> each.header("webhook-id"))
                .collect(Collectors.toSet())
                .size();
    }

    private static int hanging(TestPostgres.Database database, String are) throws SQLException {
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM budget.delivery WHERE destination = 'hangs' AND " + are)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
