package dev.centime.benchmarks;

import com.sun.net.httpserver.HttpServer;
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

/** A service in a process of its own; keys are vouched for by this process. */
public final class RunningService implements AutoCloseable {
    private final String name;
    private final DurableServer server;
    private final HttpServer keys;
    private final int port;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final PostgresEventLog log;

    /** @param name such as {@code budget}, which is also that of its schema */
    public RunningService(String name) throws IOException, SQLException {
        this.name = name;
        server = new DurableServer(name);
        log = PostgresEventLog.on(server.pool("centime_" + name, 2), LogSettings.defaults(), new SimpleMeterRegistry());
        keys = publishKeys();
        port = freePort();
        process = start();
    }

    public DurableServer server() {
        return server;
    }

    public PostgresEventLog log() {
        return log;
    }

    public int port() {
        return port;
    }

    /** Of an administrator of an organization. */
    public static String authorization(String organization) {
        return "Bearer " + TestTokens.orgAdminToken(organization);
    }

    /** An organization as the gateway makes it; returns when the service answers for it. @param path of a read */
    public void create(Organization organization, String path) throws InterruptedException {
        var stored = OrganizationCreated.class.getAnnotation(StoredAs.class);
        var types = EventTypes.with(Contracts.mapper())
                .add(OrganizationCreated.class, stored.name(), stored.version())
                .build();
        var created = types.encode(
                "organization-created:" + organization.id(),
                Instant.now(),
                new OrganizationCreated(organization),
                Map.of(),
                Set.of());
        log.append(Contracts.PLATFORM, List.of(created)).await().indefinitely();
        while (status("/q/health/ready", organization.id()) != 200 || status(path, organization.id()) != 200) {
            Thread.onSpinWait();
        }
    }

    private int status(String path, String organization) throws InterruptedException {
        try {
            var request = request(path, organization).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    /** A request of an administrator of an organization. */
    public HttpRequest.Builder request(String path, String organization) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization(organization));
    }

    /** @throws IllegalStateException when the answer has another status */
    public String send(HttpRequest request, int status) throws IOException, InterruptedException {
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != status) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer.body();
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
                name + "-service/target/quarkus-app/quarkus-run.jar");
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
