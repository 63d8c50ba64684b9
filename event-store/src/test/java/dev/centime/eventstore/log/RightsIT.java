package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RightsIT {
    private static final String NOT_ALLOWED = "42501";
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
        var log = database.log();
        log.append("mine", List.of(event("1", new Tag("a", "b")))).await().atMost(SOON);
        log.append("theirs", List.of(event("1", new Tag("a", "b")))).await().atMost(SOON);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private static Connection as(String login) throws SQLException {
        var target = database.database();
        return DriverManager.getConnection(target.url(), login, target.servicePassword());
    }

    private static long count(String login, String organization, String table) throws SQLException {
        try (var connection = as(login);
                var statement = connection.createStatement()) {
            if (organization != null) {
                statement.execute("SET centime.organization = '" + organization + "'");
            }
            try (var rows = statement.executeQuery("SELECT count(*) FROM log." + table)) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"event", "event_tag"})
    void aDoorSeesTheOrganizationItHasSet_andNoOther_thoughAskedWithoutAWhere(String table) throws SQLException {
        assertThat(count("centime_shop", null, table)).isZero();
        assertThat(count("centime_shop", "", table)).isZero();
        assertThat(count("centime_shop", "mine", table)).isEqualTo(1);
        assertThat(count("centime_shop", "*", table)).isEqualTo(2);
        assertThat(count("centime_shop_runner", null, table)).isEqualTo(2);
    }

    @Test
    void aDoorSourcesAndFindsForOneOrganization() {
        var door = database.log();
        var criteria = java.util.Set.of(new Criterion(java.util.Set.of(new Tag("a", "b")), java.util.Set.of()));
        assertThat(door.source("mine", criteria, 0).await().atMost(SOON).events())
                .extracting(StoredEvent::organization)
                .containsExactly("mine");
        assertThat(door.find("nobody", List.of("1")).await().atMost(SOON)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"centime_shop", "centime_shop_runner"})
    void nobodyWritesATable(String login) throws SQLException {
        try (var connection = as(login);
                var statement = connection.createStatement()) {
            for (var table : List.of(
                    "head",
                    "organization",
                    "event",
                    "event_1_1",
                    "event_id",
                    "event_tag",
                    "event_range",
                    "snapshot",
                    "subject")) {
                for (var sql : List.of("INSERT INTO log.%s DEFAULT VALUES", "DELETE FROM log.%s", "TRUNCATE log.%s")) {
                    assertThatThrownBy(() -> statement.execute(sql.formatted(table)))
                            .as(sql.formatted(table))
                            .isInstanceOfSatisfying(SQLException.class, e -> assertThat(e.getSQLState())
                                    .isEqualTo(NOT_ALLOWED));
                }
            }
            assertThatThrownBy(() -> statement.execute("UPDATE log.event SET payload = ''"))
                    .hasMessageContaining("denied");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM log.subject",
                "SELECT * FROM log.event_id",
                "SELECT * FROM log.snapshot",
                "SELECT * FROM log.event_1_1",
                "SELECT log.open_partition(99)",
                "SELECT log.conflicts(1, 'o', '{}')",
                "SELECT log.numbered(1, 0, '{}', '{}', '{}')"
            })
    void namesIdsAndWhatIsInsideAreNotForLogins(String sql) throws SQLException {
        try (var connection = as("centime_shop_runner");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NOT_ALLOWED));
        }
    }

    @Test
    void appendsOnlyInReadCommitted_toAPartitionThatIs_andWhereTheOrganizationLies() throws SQLException {
        var append =
                "SELECT log.append(%d, ARRAY['%s'], ARRAY['x'], ARRAY[gen_random_uuid()], ARRAY[1], ARRAY['t'], ARRAY[1],"
                        + " ARRAY[now()], ARRAY[NULL]::text[], ARRAY['{}']::bytea[], '{}', '{}', false, NULL)";
        try (var connection = as("centime_shop");
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(append.formatted(99, "mine")))
                    .hasMessageContaining("no partition");
            assertThatThrownBy(() -> statement.execute(append.formatted(0, "mine")))
                    .hasMessageContaining("does not lie");
            assertThatThrownBy(() -> statement.execute(append.formatted(1, "never seen")))
                    .hasMessageContaining("does not lie");
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            assertThatThrownBy(() -> statement.execute(append.formatted(1, "mine")))
                    .hasMessageContaining("READ COMMITTED");
        }
    }

    @Test
    void loginsHaveTimeouts() throws SQLException {
        try (var connection = as("centime_shop");
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT current_setting('lock_timeout'),"
                                + " current_setting('idle_in_transaction_session_timeout'), current_setting('statement_timeout')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("2s");
            assertThat(rows.getString(2)).isEqualTo("5s");
            assertThat(rows.getString(3)).isNotEqualTo("0");
        }
    }
}
