package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** A Centime with a data directory and an address of its own. Closing stops it and removes its data. */
final class Instance implements AutoCloseable {
    static final String ADMIN_KEY = "ck_system_tests_0123456789abcdef0123456789abcdef";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final int port;
    private final Api api;

    private Instance(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.api = new Api("http://127.0.0.1:" + port, ADMIN_KEY);
    }

    /** A place for one; nothing runs yet. */
    static Instance fresh() {
        try {
            return new Instance(Files.createTempDirectory("centime-system").resolve("data"), freePort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Below those that instances choose for their services, and those that the system hands to outgoing connections: nothing else takes it
     * before its use, or while a gateway is down.
     */
    static int freePort() throws IOException {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Then another.
            }
        }
    }

    Launcher.Outcome up(String... more) {
        var arguments = new ArrayList<>(List.of("up", "--no-build", "--detach", "--port", String.valueOf(port)));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    Launcher.Outcome down() {
        return run("down");
    }

    /** A command about this instance. */
    Launcher.Outcome run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", directory.toString()));
        // A price file is fetched from this very machine: no test needs another. Nobody waits an hour, and nothing here
        // is about how fast
        // the machine is.
        var environment = Map.of(
                "CENTIME_ADMIN_KEY",
                ADMIN_KEY,
                "CENTIME_CATALOGUE_LOOPBACK_ALLOWED",
                "true",
                "CENTIME_EFFICIENCY_CHECK_EVERY",
                "5s",
                "CENTIME_AT_LEAST_PATIENCE",
                "50s");
        return Launcher.run(environment, all.toArray(String[]::new));
    }

    Api api() {
        return api;
    }

    /** The API of a new organization, in which nothing was recorded yet. */
    Api organization(String id) {
        api.post("/api/v1/admin/organizations", "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, id))
                .ok();
        return api.in(id);
    }

    Path directory() {
        return directory;
    }

    /** The process of a part, as the launcher recorded it; 0 while it is not running. */
    long pid(String part) {
        return part(part).path("pid").asLong();
    }

    private JsonNode part(String name) {
        for (var one : state().path("parts")) {
            if (one.path("name").asText().equals(name)) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    long launcherPid() {
        return state().path("launcherPid").asLong();
    }

    boolean isReady() {
        return run("status").exitCode() == 0;
    }

    /** SIGKILL, to exactly that process. */
    static void kill(long pid) {
        ProcessHandle.of(pid)
                .orElseThrow(() -> new AssertionError("process " + pid + " is gone already"))
                .destroyForcibly();
    }

    /**
     * Kills a part, and returns when another process serves in its place.
     *
     * @return when it was dead
     */
    Instant killAndAwait(String part) {
        var before = pid(part);
        kill(before);
        ProcessHandle.of(before).ifPresent(process -> process.onExit().join());
        var dead = Instant.now();
        await().atMost(PATIENCE).until(() -> {
            var now = part(part);
            return now.path("pid").asLong() != before
                    && now.path("standing").asText().equals("READY");
        });
        return dead;
    }

    /** Returns when every view of every service holds what the log holds. */
    void settle() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var projections = api.get("/api/v1/admin/projections");
            assertThat(projections.path("unavailable")).isEmpty();
            assertThat(projections.path("items")).hasSizeGreaterThan(4).allSatisfy(view -> {
                assertThat(view.path("parked")).as(view.path("name").asText()).isEmpty();
                assertThat(view.path("lag_events").asLong(-1))
                        .as(view.path("name").asText())
                        .isZero();
            });
        });
    }

    /** As PostgreSQL's superuser, to look behind every curtain. */
    Connection database() throws SQLException, IOException {
        var passwords = new Properties();
        passwords.load(new StringReader(Files.readString(directory.resolve("secrets/database.properties"))));
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + part("postgres").path("port").asInt() + "/centime",
                "postgres",
                passwords.getProperty("postgres"));
    }

    private JsonNode state() {
        try {
            return JSON.readTree(Files.readString(directory.resolve("run/state.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (Files.exists(directory)) {
                down();
            }
            try (var all = Files.walk(directory.getParent())) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
