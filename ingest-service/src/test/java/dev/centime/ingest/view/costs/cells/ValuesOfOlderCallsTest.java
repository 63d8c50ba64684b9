package dev.centime.ingest.view.costs.cells;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.database.Migrator;
import dev.centime.database.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was recorded before there were sums by one dimension is in them, and what the cells do not know is read from its calls. */
class ValuesOfOlderCallsTest {
    private static TestPostgres.Database database;

    @BeforeAll
    static void anInstallationWithCells() throws SQLException {
        // The logins are the server's, so that they are there for the second database too.
        TestPostgres.database("ingest");
        database = TestPostgres.database();
        try (var connection = database.connect()) {
            execute(connection, "CREATE SCHEMA ingest AUTHORIZATION " + Migrator.OWNER);
            migrate("8");
            for (var table : List.of("cell_day", "cell_quarter", "user_cell_day")) {
                var subject = table.startsWith("user") ? "ann" : "";
                cell(connection, table, "acme", "2026-01-01", subject, "gpt", "2026-01-01", 1);
                cell(connection, table, "acme", "2026-01-01", subject, "claude", "2026-01-01", 10);
                cell(connection, table, "acme", "2026-01-01", subject, "claude", "2026-01-05", 100);
                cell(connection, table, "acme", "2026-01-02", subject, "claude", "2026-01-05", 1000);
                cell(connection, table, "other", "2026-01-01", subject, "gpt", "2026-01-01", 10000);
            }
            migrate("9");
        }
    }

    @Test
    void aDimension_isAddedUpOverTheOthers() throws SQLException {
        for (var table : List.of("value_day", "value_quarter")) {
            assertThat(rows(
                            "SELECT organization, value, bucket::date, known_on, requests, total_cost::int, reported_calculated_cost::int"
                                    + " FROM ingest." + table + " WHERE dimension = 'model'"))
                    .as(table)
                    .containsExactlyInAnyOrder(
                            "acme gpt 2026-01-01 2026-01-01 1 1 1",
                            "acme claude 2026-01-01 2026-01-01 10 10 10",
                            "acme claude 2026-01-01 2026-01-05 100 100 100",
                            "acme claude 2026-01-02 2026-01-05 1000 1000 1000",
                            "other gpt 2026-01-01 2026-01-01 10000 10000 10000");
            for (var dimension : List.of("", "provider", "project", "experiment", "operation")) {
                assertThat(rows(
                                "SELECT organization, bucket::date, known_on, requests, input_tokens, units::int FROM ingest."
                                        + table + " WHERE dimension = '" + dimension + "'"))
                        .as(table + " " + dimension)
                        .containsExactlyInAnyOrder(
                                "acme 2026-01-01 2026-01-01 11 11 11",
                                "acme 2026-01-01 2026-01-05 100 100 100",
                                "acme 2026-01-02 2026-01-05 1000 1000 1000",
                                "other 2026-01-01 2026-01-01 10000 10000 10000");
            }
        }
    }

    @Test
    void peopleAreAddedUp_byDayAlone() throws SQLException {
        assertThat(
                        rows(
                                "SELECT organization, value, sum(requests) FROM ingest.value_day WHERE dimension = 'user' GROUP BY 1, 2"))
                .containsExactlyInAnyOrder("acme ann 1111", "other ann 10000");
        assertThat(rows("SELECT 1 FROM ingest.value_quarter WHERE dimension = 'user'"))
                .isEmpty();
    }

    @Test
    void daysOfRunsAndTags_areReadFromTheirCalls() throws SQLException {
        assertThat(rows("SELECT organization, dimension, bucket::date, wide FROM ingest.value_width"))
                .containsExactlyInAnyOrder(
                        "acme run 2026-01-01 t",
                        "acme tag 2026-01-01 t",
                        "acme run 2026-01-02 t",
                        "acme tag 2026-01-02 t",
                        "other run 2026-01-01 t",
                        "other tag 2026-01-01 t");
    }

    @Test
    void rowsStayClosedToTheirOwner() throws SQLException {
        assertThat(rows("SELECT relname FROM pg_class WHERE relnamespace = 'ingest'::regnamespace AND relrowsecurity"
                        + " AND NOT relforcerowsecurity"))
                .isEmpty();
    }

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(database.url(), database.user(), database.password())
                .initSql("SET ROLE " + Migrator.OWNER)
                .schemas("ingest")
                .defaultSchema("ingest")
                .createSchemas(false)
                .locations("classpath:db/ingest")
                .target(version)
                .load()
                .migrate();
    }

    /** Every measure of it is the same number. */
    private static void cell(
            Connection connection,
            String table,
            String organization,
            String day,
            String subject,
            String model,
            String knownOn,
            int measure)
            throws SQLException {
        var columns = rows(
                connection,
                "SELECT column_name FROM information_schema.columns WHERE table_schema = 'ingest' AND table_name = '"
                        + table + "' AND data_type IN ('bigint', 'numeric')");
        execute(
                connection,
                "INSERT INTO ingest." + table
                        + " (partition, organization, bucket, subject, provider, model, project, experiment,"
                        + " operation, known_on, " + String.join(", ", columns) + ") VALUES (3, '" + organization
                        + "', '" + day
                        + "T00:00:00Z', '" + subject + "', 'acme-ai', '" + model + "', 'p', '', '', '" + knownOn + "', "
                        + columns.stream().map(_ -> String.valueOf(measure)).collect(Collectors.joining(", ")) + ")");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        try (var connection = database.connect()) {
            execute(connection, "SET TIME ZONE 'UTC'");
            return rows(connection, sql);
        }
    }

    private static List<String> rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (found.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }
}
