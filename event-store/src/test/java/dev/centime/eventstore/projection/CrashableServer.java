package dev.centime.eventstore.projection;

import dev.centime.database.Migrator;
import dev.centime.database.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL of a test's own, which can crash and start again, or be replaced by a standby that is promoted. */
final class CrashableServer implements AutoCloseable {
    private static final String SUPERUSER = "postgres";

    private final Path folder;
    private final TestPostgres.Database database;
    private Path data;
    private EmbeddedPostgres running;

    private CrashableServer(Path folder, int port) throws IOException {
        this.folder = folder;
        this.database = new TestPostgres.Database("127.0.0.1", port, SUPERUSER, SUPERUSER, SUPERUSER);
        this.data = folder.resolve("data");
        this.running = start(data);
    }

    /** A server whose only database has the log's schema and that of a service. */
    static CrashableServer with(String schema) throws IOException, SQLException {
        var server = new CrashableServer(Files.createTempDirectory("crashable"), freePort());
        var password = server.database.servicePassword();
        new Migrator(server.database.url(), SUPERUSER, SUPERUSER)
                .migrate(
                        List.of("kit", "log", schema),
                        Map.of("centime_" + schema, password, "centime_" + schema + "_runner", password));
        return server;
    }

    TestPostgres.Database database() {
        return database;
    }

    /** Ends without a word, as after a power cut: nobody is told, nothing is written down. */
    void crash() throws Exception {
        var postmaster = postmaster().orElseThrow();
        run("kill", "-QUIT", String.valueOf(postmaster.pid()));
        postmaster.onExit().get(60, TimeUnit.SECONDS);
        running.close();
    }

    /** Ends in order, and has ended when this returns: whoever is told to close it waits for a few seconds only. */
    void stop() throws Exception {
        var postmaster = postmaster();
        running.close();
        if (postmaster.isPresent()) {
            postmaster.get().onExit().get(60, TimeUnit.SECONDS);
        }
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        var file = data.resolve("postmaster.pid");
        return Files.exists(file)
                ? ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(file).getFirst().strip()))
                : Optional.empty();
    }

    void startAgain() throws IOException {
        running = start(data);
    }

    /** What a standby would hold that has received everything up to now and nothing after. The server must not run. */
    Path copy() throws Exception {
        var copy = folder.resolve("standby");
        run("cp", "-a", data.toString(), copy.toString());
        Files.createFile(copy.resolve("standby.signal"));
        return copy;
    }

    /** Has a standby take the place of the server, which must not run: a new timeline at the same address. */
    void promote(Path standby) throws IOException, SQLException {
        data = standby;
        running = start(data);
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_promote()");
        }
    }

    private EmbeddedPostgres start(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(database.port())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "60")
                .setServerConfig("synchronous_commit", "on")
                // The machine does not lose power, only the server ends.
                .setServerConfig("fsync", "off")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
