package dev.centime.benchmarks.limits;

import com.sun.net.httpserver.HttpServer;
import dev.centime.benchmarks.DurableServer;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.StoredAs;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogSettings;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** budget-service in a process of its own, with one organization; keys are vouched for by this process. */
final class RunningService implements AutoCloseable {
    private static final String ORGANIZATION = "bench";

    private final DurableServer server = new DurableServer("budget");
    private final HttpServer keys;
    private final int port;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String token = TestTokens.orgAdminToken(ORGANIZATION);

    RunningService() throws IOException, SQLException, InterruptedException {
        keys = publishKeys();
        port = freePort();
        process = start();
        createOrganization();
        while (status("/q/health/ready") != 200) {
            Thread.onSpinWait();
        }
        while (status("/api/v1/budgets") != 200) {
            Thread.onSpinWait();
        }
    }

    int port() {
        return port;
    }

    String authorization() {
        return "Bearer " + token;
    }

    /** A budget that stops calls. @param scope as JSON */
    void setBudget(String name, String limit, String scope) throws IOException, InterruptedException {
        var body = "{\"name\": \"%s\", \"total_limit\": \"%s\", \"budget_type\": \"monthly\", \"scope\": %s,"
                        .formatted(name, limit, scope)
                + " \"thresholds\": [{\"percent\": 80}, {\"percent\": 100, \"action\": \"block\"}]}";
        var request = request("/api/v1/budgets")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    /** How many reservations the log holds. */
    long reservations() throws SQLException {
        return server.number("SELECT count(*) FROM log.event WHERE type = 'spend-reserved'");
    }

    private int status(String path) throws InterruptedException {
        try {
            return http.send(request(path).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization());
    }

    private Process start() throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddisable-axoniq-update-checker=true",
                "-Dquarkus.log.console.json.enabled=false",
                "-jar",
                "budget-service/target/quarkus-app/quarkus-run.jar");
        builder.environment()
                .putAll(Map.of(
                        "CENTIME_DATABASE_URL",
                        "postgresql://127.0.0.1:" + server.port() + "/postgres",
                        "CENTIME_DATABASE_PASSWORD",
                        DurableServer.PASSWORD,
                        "CENTIME_DATABASE_RUNNER_PASSWORD",
                        DurableServer.PASSWORD,
                        "CENTIME_HTTP_PORT",
                        String.valueOf(port),
                        "CENTIME_JWKS_URL",
                        "http://127.0.0.1:" + keys.getAddress().getPort() + "/.well-known/jwks.json"));
        return builder.inheritIO().start();
    }

    private void createOrganization() {
        var stored = OrganizationCreated.class.getAnnotation(StoredAs.class);
        var types = EventTypes.with(Contracts.mapper())
                .add(OrganizationCreated.class, stored.name(), stored.version())
                .build();
        var created = types.encode(
                "organization-created:" + ORGANIZATION,
                Instant.now(),
                new OrganizationCreated(Organization.named(ORGANIZATION, "Bench")),
                Map.of(),
                Set.of());
        PostgresEventLog.on(server.pool("centime_budget", 1), LogSettings.defaults(), new SimpleMeterRegistry())
                .append(Contracts.PLATFORM, List.of(created))
                .await()
                .indefinitely();
    }

    private static HttpServer publishKeys() throws IOException {
        var keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var set = TestTokens.jwks().getBytes(StandardCharsets.UTF_8);
        keys.createContext("/.well-known/jwks.json", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, set.length);
            try (var body = exchange.getResponseBody()) {
                body.write(set);
            }
        });
        keys.start();
        return keys;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        keys.stop(0);
        http.close();
        server.close();
    }
}
