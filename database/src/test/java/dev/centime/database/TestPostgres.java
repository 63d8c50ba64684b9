package dev.centime.database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for tests, one server a JVM, and a database of its own for whoever asks. Embedded by default; in a container
 * with {@code -Dcentime.test.postgres=testcontainers} where a Docker engine answers.
 */
public final class TestPostgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final String PASSWORD = "test";
    private static Server server;

    private TestPostgres() {}

    private record Server(String host, int port, String user, String password) {}

    /**
     * A database with some schemas migrated.
     *
     * @param url JDBC, as superuser {@link #user}
     */
    public record Database(String host, int port, String name, String user, String password) {
        public String url() {
            return "jdbc:postgresql://" + host + ":" + port + "/" + name;
        }

        /** As the reactive client takes it. */
        public String reactiveUrl() {
            return "postgresql://" + host + ":" + port + "/" + name;
        }

        /** The password of every service login in tests. */
        public String servicePassword() {
            return PASSWORD;
        }

        /** A connection as superuser, for looking behind the curtain. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url(), user, password);
        }
    }

    /** A new database with the log's schema and those of the named services. */
    public static Database database(String... serviceSchemas) {
        try {
            var server = server();
            var name = "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
            var maintenance = new Database(server.host, server.port, "postgres", server.user, server.password);
            try (var connection = maintenance.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            var database = new Database(server.host, server.port, name, server.user, server.password);
            var schemas = new java.util.ArrayList<>(List.of("kit", "log"));
            schemas.addAll(List.of(serviceSchemas));
            Map<String, String> passwords = new HashMap<>();
            for (var schema : serviceSchemas) {
                passwords.put("centime_" + schema, PASSWORD);
                passwords.put("centime_" + schema + "_runner", PASSWORD);
            }
            new Migrator(database.url(), database.user(), database.password()).migrate(schemas, passwords);
            return database;
        } catch (SQLException e) {
            throw new IllegalStateException("the test database could not be made", e);
        }
    }

    private static synchronized Server server() {
        if (server == null) {
            server = "testcontainers".equals(System.getProperty("centime.test.postgres")) ? container() : embedded();
        }
        return server;
    }

    private static Server embedded() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setServerConfig("synchronous_commit", "on")
                    // What a test commits need not survive a power cut of the machine that tests.
                    .setServerConfig("fsync", "off")
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
            return new Server("127.0.0.1", postgres.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Server container() {
        @SuppressWarnings("resource") // ends with the JVM
        var postgres = new PostgreSQLContainer(System.getProperty("centime.test.postgres.image", "postgres:18"))
                .withUsername("postgres")
                .withPassword("postgres")
                .withCommand("postgres", "-c", "max_connections=200", "-c", "fsync=off");
        postgres.start();
        return new Server(postgres.getHost(), postgres.getMappedPort(5432), "postgres", "postgres");
    }
}
