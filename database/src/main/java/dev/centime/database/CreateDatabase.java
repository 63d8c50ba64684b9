package dev.centime.database;

import java.sql.DriverManager;
import java.sql.SQLException;

/** Makes the database itself on a server that does not have it yet. */
final class CreateDatabase {
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String ALREADY_THERE = "42P04";

    private CreateDatabase() {}

    /**
     * @param jdbcUrl {@code jdbc:postgresql://host:port/database}, without parameters
     * @param user may create databases, if this one is missing
     */
    static void ifMissing(String jdbcUrl, String user, String password) throws SQLException {
        try {
            DriverManager.getConnection(jdbcUrl, user, password).close();
        } catch (SQLException e) {
            if (!NO_SUCH_DATABASE.equals(e.getSQLState())) {
                throw e;
            }
            create(jdbcUrl, user, password);
        }
    }

    private static void create(String jdbcUrl, String user, String password) throws SQLException {
        var slash = jdbcUrl.lastIndexOf('/');
        var name = jdbcUrl.substring(slash + 1);
        var maintenance = jdbcUrl.substring(0, slash) + "/postgres";
        try (var connection = DriverManager.getConnection(maintenance, user, password);
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
        } catch (SQLException e) {
            if (!ALREADY_THERE.equals(e.getSQLState())) {
                throw e; // else another job was quicker
            }
        }
    }
}
