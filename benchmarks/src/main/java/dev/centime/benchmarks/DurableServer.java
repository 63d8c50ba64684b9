package dev.centime.benchmarks;

import dev.centime.database.Migrator;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * A PostgreSQL that makes every commit durable, with the log's schema. Settings as the launcher gives them. With the environment
 * variable {@code CENTIME_BENCH_DATA} its data stays in that directory, so that a log can be filled in one run and measured in another.
 */
public final class DurableServer implements AutoCloseable {
    /** Of every service login. */
    public static final String PASSWORD = "bench";

    private final EmbeddedPostgres postgres;
    private final Vertx vertx = Vertx.vertx();

    public DurableServer() throws IOException, SQLException {
        this("bench");
    }

    /** @param schema of the service whose logins and tables it gets */
    public DurableServer(String schema) throws IOException, SQLException {
        Infrastructure.setDefaultExecutor(Executors.newVirtualThreadPerTaskExecutor());
        postgres = builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "2GB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        new Migrator(jdbcUrl(), "postgres", "postgres")
                .migrate(
                        List.of("kit", "log", schema),
                        Map.of("centime_" + schema, PASSWORD, "centime_" + schema + "_runner", PASSWORD));
    }

    private static EmbeddedPostgres.Builder builder() {
        var kept = System.getenv("CENTIME_BENCH_DATA");
        return kept == null || kept.isBlank()
                ? EmbeddedPostgres.builder()
                : EmbeddedPostgres.builder().setDataDirectory(kept).setCleanDataDirectory(false);
    }

    public int port() {
        return postgres.getPort();
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
    }

    /** As superuser, for the other sides' tables. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), "postgres", "postgres");
    }

    public void execute(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public long number(String sql) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    public String text(String sql) throws SQLException {
        try (var connection = connect();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /**
     * Before something that fills the disk: a server whose disk is full takes the rest of the machine along.
     *
     * @param what is about to be done
     * @throws IllegalStateException when the disk of its data has less than so much left
     */
    public void requireRoom(long bytes, String what) throws IOException, SQLException {
        var left = Files.getFileStore(Path.of(text("SHOW data_directory"))).getUsableSpace();
        if (left < bytes) {
            throw new IllegalStateException("%s needs some %,d MB of disk, and %,d MB are left: nothing more is filled"
                    .formatted(what, bytes >> 20, left >> 20));
        }
    }

    public Pool pool(String login, int size) {
        var options = new PgConnectOptions()
                .setHost("127.0.0.1")
                .setPort(postgres.getPort())
                .setDatabase("postgres")
                .setUser(login)
                .setPassword(PASSWORD)
                .setCachePreparedStatements(true);
        return Pool.newInstance(PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(size))
                .using(vertx)
                .build());
    }

    @Override
    public void close() throws IOException {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
        // Its thread is no daemon: without this the program would not end.
        Infrastructure.getDefaultWorkerPool().shutdown();
    }
}
