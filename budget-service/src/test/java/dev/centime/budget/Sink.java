package dev.centime.budget;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** A receiver of messages that counts by id, and that can be told to behave badly, by path. */
public final class Sink implements AutoCloseable {
    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private Sink(HttpServer server) {
        this.server = server;
    }

    /** How it answers on a path. */
    public enum Behaviour {
        TAKES,
        FAILS,
        IS_GONE,
        SENDS_ELSEWHERE,
        NEVER_ANSWERS,
        NEVER_ENDS
    }

    /** One request. */
    public record Received(String path, Headers headers, String body) {
        public String header(String name) {
            return headers.getFirst(name);
        }
    }

    public static Sink start() {
        return start(null);
    }

    /** @param context of the certificate that it shows; null for one that does not encrypt */
    public static Sink start(@Nullable SSLContext context) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var server = context == null ? HttpServer.create(address, 0) : encrypting(address, context);
            var sink = new Sink(server);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", sink::handle);
            server.start();
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpServer encrypting(InetSocketAddress address, SSLContext context) throws IOException {
        var server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return server;
    }

    public String url(String path) {
        return server instanceof HttpsServer ? url("https", "localhost", path) : url("http", "127.0.0.1", path);
    }

    /** By another name of this machine. */
    public String url(String scheme, String host, String path) {
        return scheme + "://" + host + ":" + server.getAddress().getPort() + path;
    }

    /** From now on. Those to whom it had not answered are not answered any more. */
    public void behave(String path, Behaviour behaviour) {
        behaviours.put(path, behaviour);
        somethingChanged();
    }

    private void somethingChanged() {
        synchronized (behaviours) {
            behaviours.notifyAll();
        }
    }

    public List<Received> at(String path) {
        return received.stream().filter(each -> each.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        received.add(new Received(path, exchange.getRequestHeaders(), body));
        switch (behaviours.getOrDefault(path, Behaviour.TAKES)) {
            case TAKES -> answer(exchange, 204);
            case FAILS -> answer(exchange, 500);
            case IS_GONE -> answer(exchange, 410);
            case SENDS_ELSEWHERE -> {
                exchange.getResponseHeaders().add("Location", url(path + "/elsewhere"));
                answer(exchange, 307);
            }
            case NEVER_ANSWERS -> hang(exchange, path);
            case NEVER_ENDS -> pour(exchange);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void pour(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            while (!closed) {
                out.write(new byte[8192]);
                out.flush();
            }
        }
    }

    private void hang(HttpExchange exchange, String path) {
        try {
            synchronized (behaviours) {
                while (!closed && behaviours.get(path) == Behaviour.NEVER_ANSWERS) {
                    behaviours.wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Override
    public void close() {
        closed = true;
        somethingChanged();
        server.stop(0);
    }
}
