package dev.centime.gateway;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Real HTTP servers in the services' places: they say what reached them, so that a test sees what the gateway passes on. Paths
 * with a meaning: {@code …/slow} answers never, {@code …/broken} breaks off in mid-answer, {@code …/endless} goes on as long as
 * somebody reads, {@code …/held} until it is let go.
 */
final class Backends implements AutoCloseable {
    static final Backends RUNNING = new Backends();

    /** What there is of a broken answer. */
    static final String HALF = "half an ans";

    private static final int PART = 64 << 10;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Map<String, HttpServer> servers = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    final ConcurrentLinkedQueue<String> slow = new ConcurrentLinkedQueue<>();
    /** Answers that end when they are completed. */
    final ConcurrentLinkedQueue<Promise<Void>> held = new ConcurrentLinkedQueue<>();

    final ConcurrentLinkedQueue<String> abandoned = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> endless = new ConcurrentHashMap<>();

    private Backends() {
        for (var service : new String[] {"ingest", "budget", "forecast", "recommendation"}) {
            ports.put(service, freePort());
            up(service);
        }
    }

    String url(String service) {
        return "http://127.0.0.1:" + ports.get(service);
    }

    void up(String service) {
        var server = vertx.createHttpServer().requestHandler(request -> answer(service, request));
        servers.put(service, server);
        server.listen(ports.get(service), "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** Returns when the gateway has seen that its connections are closed: it must use none of them once the service is up again. */
    void down(String service) {
        servers.remove(service)
                .close()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        EventLoops.awaitRest(CDI.current().select(Vertx.class).get());
    }

    /** A service that is down, where who connects is not accepted until this is closed; then he is refused. */
    ServerSocket deaf(String service) throws IOException {
        var deaf = new ServerSocket(ports.get(service), 1, InetAddress.getByName("127.0.0.1"));
        try {
            // Whoever came waits to be accepted, also when he is gone: full is it when one more does not get in.
            while (true) {
                try (var one = new Socket()) {
                    one.connect(deaf.getLocalSocketAddress(), 500);
                }
            }
        } catch (SocketTimeoutException full) {
            return deaf;
        }
    }

    /** What a path answers with instead of an echo. */
    void answers(String path, JsonObject body) {
        answers.put(path, body);
    }

    /** What a path refuses with. */
    void refuses(String path, int status, JsonObject body) {
        statuses.put(path, status);
        answers.put(path, body);
    }

    /** From now on a path echoes again. */
    void echoes(String path) {
        answers.remove(path);
        statuses.remove(path);
    }

    /** The body that a path with an answer of its own was last asked with. */
    String asked(String path) {
        return bodies.getOrDefault(path, "");
    }

    private void answer(String service, HttpServerRequest request) {
        if (answers.containsKey(request.path())) {
            request.body().onSuccess(body -> {
                bodies.put(request.path(), body.toString());
                json(request, statuses.getOrDefault(request.path(), 200), answers.get(request.path()));
            });
        } else if (request.path().endsWith("/q/health/ready")) {
            json(request, 200, new JsonObject().put("status", "UP"));
        } else if ("slow".equals(request.getParam("mood"))) {
            slow.add(request.uri());
            request.response().closeHandler(gone -> abandoned.add(request.uri()));
        } else if ("endless".equals(request.getParam("mood"))) {
            request.response().closeHandler(gone -> abandoned.add(request.uri()));
            goOn(request.response().setChunked(true), taken(request.uri()));
        } else if ("held".equals(request.getParam("mood"))) {
            hold(request.response().setChunked(true));
        } else if ("broken".equals(request.getParam("mood"))) {
            request.response().setChunked(true).write(HALF);
            vertx.setTimer(50, timer -> request.connection().close());
        } else {
            request.body().onSuccess(body -> json(request, 200, echo(service, request, body.toString())));
        }
    }

    /** Says a little every now and then, so that nobody takes it for dead, and leaves its end to {@link #held}. */
    private void hold(HttpServerResponse response) {
        var end = Promise.<Void>promise();
        held.add(end);
        vertx.setPeriodic(0, 200, timer -> {
            if (end.future().isComplete() || response.closed()) {
                vertx.cancelTimer(timer);
                response.end();
            } else {
                response.write(".");
            }
        });
    }

    /** Bytes that were taken of an endless answer. */
    AtomicLong taken(String uri) {
        return endless.computeIfAbsent(uri, first -> new AtomicLong());
    }

    /** Says more whenever what it said was taken, for ever. */
    private static void goOn(HttpServerResponse response, AtomicLong taken) {
        response.write(Buffer.buffer(new byte[PART])).onSuccess(written -> {
            taken.addAndGet(PART);
            goOn(response, taken);
        });
    }

    private static JsonObject echo(String service, HttpServerRequest request, String body) {
        var headers = new JsonObject();
        request.headers().forEach((name, value) -> {
            var lower = name.toLowerCase();
            var all = headers.getJsonArray(lower, new JsonArray());
            headers.put(lower, all.add(value));
        });
        return new JsonObject()
                .put("service", service)
                .put("method", request.method().name())
                .put("uri", request.uri())
                .put("headers", headers)
                .put("bytes", body.length())
                .put("body", body.length() > 1000 ? "" : body);
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("connection", "x-hop")
                .putHeader("x-hop", "one hop only")
                .putHeader("set-cookie", "service=secret")
                .putHeader("Centime-Position", "1.2.3")
                .end(body.toBuffer());
    }

    /**
     * Below those that the system hands to outgoing connections: of these one might have it while its service is down, or be
     * connected to itself there.
     */
    private static int freePort() {
        while (true) {
            var port = ThreadLocalRandom.current().nextInt(10_000, 20_000);
            try (var socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // Then another.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
