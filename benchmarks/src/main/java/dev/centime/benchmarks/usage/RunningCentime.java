package dev.centime.benchmarks.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A Centime as a user starts it, in a data directory of its own. Closing stops it and removes its data. */
final class RunningCentime implements AutoCloseable {
    static final String KEY = "ck_benchmarks_0123456789abcdef0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final int port;

    private RunningCentime(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** Starts one and returns when it is ready. */
    static RunningCentime up() throws IOException, InterruptedException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var directory = Files.createTempDirectory("centime-bench").resolve("data");
        var centime = new RunningCentime(directory, port);
        centime.launcher("up", "--detach", "--port", String.valueOf(port));
        return centime;
    }

    int port() {
        return port;
    }

    /** Process ids by the names of the parts; PostgreSQL's is the one that the others of it come from. */
    Map<String, Long> processes() throws IOException {
        var processes = new LinkedHashMap<String, Long>();
        for (var part : parts()) {
            if (part.path("pid").asLong() > 0) {
                processes.put(part.path("name").asText(), part.path("pid").asLong());
            }
        }
        return processes;
    }

    int databasePort() throws IOException {
        for (var part : parts()) {
            if (part.path("name").asText().equals("postgres")) {
                return part.path("port").asInt();
            }
        }
        throw new IllegalStateException("no PostgreSQL is recorded");
    }

    /** As superuser: for yardsticks and to look how late the views are. */
    Connection database() throws IOException, SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + databasePort() + "/centime", "postgres", databasePassword());
    }

    String databasePassword() throws IOException {
        var passwords = new Properties();
        passwords.load(new StringReader(Files.readString(directory.resolve("secrets/database.properties"))));
        return passwords.getProperty("postgres");
    }

    private JsonNode parts() throws IOException {
        return JSON.readTree(Files.readString(directory.resolve("run/state.json")))
                .path("parts");
    }

    private void launcher(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("sh", Path.of("centime").toAbsolutePath().toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("--data-dir", directory.toString()));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("CENTIME_ADMIN_KEY", KEY);
        int exitCode = builder.start().waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("centime " + arguments[0] + " ended with " + exitCode);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        launcher("down");
        try (var all = Files.walk(directory.getParent())) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
