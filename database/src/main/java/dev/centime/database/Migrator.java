package dev.centime.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Creates the roles and runs the migrations of each schema, as the owner role. Safe to run again, and by two at once: Flyway
 * locks, and a role that is there already stays.
 *
 * <p>Each service has two logins: {@code centime_SCHEMA} for its door, held to one organization by row-level security, and
 * {@code centime_SCHEMA_runner} for its projections, which write for all. Neither owns anything.
 */
public final class Migrator {
    /** Owns every schema; nobody logs in as it. */
    public static final String OWNER = "centime_owner";

    /** Schemas that belong to no service, and so have no logins of their own. */
    private static final List<String> SHARED = List.of("kit", "log");

    private static final Map<String, String> TIMEOUTS = Map.of(
            "lock_timeout", "2s",
            "statement_timeout", "30s",
            "idle_in_transaction_session_timeout", "5s",
            "tcp_user_timeout", "10s");

    private final String jdbcUrl;
    private final String user;
    private final String password;

    /**
     * @param user may create roles and schemas in that database: a superuser, or the database's owner with CREATEROLE
     */
    public Migrator(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    /**
     * Brings schemas to their newest version.
     *
     * @param schemas in order; the log's comes first because the others' grants refer to it
     * @param passwords of the logins by role name; a login without one is created without and cannot connect by password
     */
    public void migrate(List<String> schemas, Map<String, String> passwords) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl, user, password)) {
            createRoles(connection, schemas, passwords);
        }
        for (var schema : schemas) {
            Flyway.configure()
                    .dataSource(jdbcUrl, user, password)
                    .initSql("SET ROLE " + OWNER)
                    .schemas(schema)
                    .defaultSchema(schema)
                    .createSchemas(false)
                    .locations("classpath:db/" + schema)
                    .failOnMissingLocations(true)
                    .validateMigrationNaming(true)
                    .loggers("auto")
                    .load()
                    .migrate();
            grantUse(schema);
        }
    }

    private static void createRoles(Connection connection, List<String> schemas, Map<String, String> passwords)
            throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            // Two jobs at once would both see a role missing; the lock ends with the transaction.
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('centime.roles'))");
            createRole(statement, OWNER, "NOLOGIN");
            createRole(statement, "centime_log_reader", "NOLOGIN");
            createRole(statement, "centime_log_writer", "NOLOGIN");
            createRole(statement, "centime_log_runner", "NOLOGIN");
            statement.execute("GRANT " + OWNER + " TO CURRENT_USER");
            for (var schema : schemas) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema) + " AUTHORIZATION " + OWNER);
                if (SHARED.contains(schema)) {
                    continue;
                }
                for (var login : List.of("centime_" + schema, "centime_" + schema + "_runner")) {
                    createRole(statement, login, "LOGIN");
                    var secret = passwords.get(login);
                    if (secret != null) {
                        statement.execute(
                                "ALTER ROLE " + quoted(login) + " PASSWORD '" + secret.replace("'", "''") + "'");
                    }
                    statement.execute("GRANT centime_log_reader, centime_log_writer TO " + quoted(login));
                    setTimeouts(statement, login);
                }
                // Sees the events of every organization, where the door sees those of one.
                statement.execute("GRANT centime_log_runner TO " + quoted("centime_" + schema + "_runner"));
            }
        }
        connection.commit();
    }

    /** A client that is cut off, stopped or stuck must not hold a lock for longer than this. */
    private static void setTimeouts(java.sql.Statement statement, String login) throws SQLException {
        for (var timeout : TIMEOUTS.entrySet()) {
            statement.execute(
                    "ALTER ROLE " + quoted(login) + " SET " + timeout.getKey() + " = '" + timeout.getValue() + "'");
        }
    }

    private static void createRole(java.sql.Statement statement, String role, String options) throws SQLException {
        try (var found = statement.executeQuery("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'")) {
            if (found.next()) {
                return;
            }
        }
        statement.execute("CREATE ROLE " + quoted(role) + " NOSUPERUSER NOBYPASSRLS " + options);
    }

    /** What every login needs to find its schema and to see its version; rights on tables come with the migrations. */
    private void grantUse(String schema) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbcUrl, user, password);
                var statement = connection.createStatement()) {
            statement.execute("SET ROLE " + OWNER);
            var readers = SHARED.contains(schema)
                    ? "centime_log_reader, centime_log_writer"
                    : quoted("centime_" + schema) + ", " + quoted("centime_" + schema + "_runner");
            statement.execute("GRANT USAGE ON SCHEMA " + quoted(schema) + " TO " + readers);
            statement.execute("GRANT SELECT ON " + quoted(schema) + ".flyway_schema_history TO " + readers);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
