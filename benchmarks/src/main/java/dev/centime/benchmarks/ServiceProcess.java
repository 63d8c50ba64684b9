package dev.centime.benchmarks;

import com.sun.net.httpserver.HttpServer;
import dev.centime.kit.testing.TestTokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A service in a process of its own; keys are vouched for by this process. */
public final class ServiceProcess implements AutoCloseable {
    private final HttpServer keys = publishKeys();
    private final int port = freePort();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Duration readyAfter;

    /**
     * Returns when it is ready.
     *
     * @param name such as {@code budget}
     * @param server with its schema
     * @param jvm options of its virtual machine
     */
    public ServiceProcess(String name, DurableServer server, String... jvm) throws IOException, InterruptedException {
        var started = System.nanoTime();
        process = start(name, server, List.of(jvm));
        // Seldom enough not to take the processor from what is starting.
        Patience.await(name + " ready", Duration.ofMillis(5)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the service has ended");
            }
            return status("/q/health/ready", "") == 200;
        });
        readyAfter = Duration.ofNanos(System.nanoTime() - started);
    }

    public int port() {
        return port;
    }

    /** From the start of the process to its being ready. */
    public Duration readyAfter() {
        return readyAfter;
    }

    /** 0 when it does not answer. */
    public int status(String path, String authorization) throws InterruptedException {
        try {
            return http.send(request(path, authorization).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    public HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", authorization);
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return send(request, HttpResponse.BodyHandlers.ofString());
    }

    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        return http.send(request, body);
    }

    /** Resident memory now, in MB. */
    public long residentMb() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What is alive on the heap after a full collection, in MB. */
    public double liveHeapMb() throws IOException, InterruptedException {
        var jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(process.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = jcmd.inputReader().lines()) {
            var total = lines.filter(line -> line.startsWith("Total"))
                    .map(line -> line.strip().split("\\s+"))
                    .mapToLong(words -> Long.parseLong(words[2]))
                    .findFirst();
            jcmd.waitFor();
            return total.orElseThrow() / 1e6;
        }
    }

    private Process start(String name, DurableServer server, List<String> jvm) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Ddisable-axoniq-update-checker=true",
                "-Dquarkus.log.console.json.enabled=false",
                "-jar",
                name + "-service/target/quarkus-app/quarkus-run.jar"));
        var builder = new ProcessBuilder(command);
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

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        keys.stop(0);
        http.close();
    }
}
