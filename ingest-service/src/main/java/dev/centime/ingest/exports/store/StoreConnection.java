package dev.centime.ingest.exports.store;

import dev.centime.ingest.exports.ExportSettings;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.SortedMap;

/**
 * Sends a signed request to the very address that was looked at, piece by piece as it is taken, and reads the beginning of the answer. In
 * bounded time, following nobody who sends it elsewhere.
 */
@ApplicationScoped
public class StoreConnection {
    private static final int PIECE = 64 << 10;
    private static final int MOST_READ = 64 << 10;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Duration patience;
    private final HttpClient client;

    StoreConnection(Vertx vertx, ExportSettings settings) {
        this.vertx = vertx;
        this.patience = settings.storePatience();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT.toMillis())
                .setKeepAliveTimeout((int) CONNECT.toSeconds())
                .setVerifyHost(true)
                .setForceSni(true));
    }

    /** Fails with {@link StoreFailure}, a passing one, when there is no answer. */
    Uni<StoreAnswer> exchange(
            BucketAddress bucket, InetAddress server, StoreCall call, SortedMap<String, String> headers) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(call.method()))
                .setServer(SocketAddress.inetSocketAddress(bucket.port(), server.getHostAddress()))
                .setHost(bucket.host())
                .setPort(bucket.port())
                .setSsl(bucket.encrypted())
                .setURI(bucket.path(call.key()) + (call.query().isEmpty() ? "" : "?" + call.query()))
                .setFollowRedirects(false);
        headers.forEach(options::putHeader);
        return Uni.createFrom()
                .completionStage(() -> exchange(options, call).toCompletionStage())
                .onFailure(failure -> !(failure instanceof StoreFailure))
                .transform(failure -> StoreFailure.passing("the store does not answer: " + failure.getMessage()));
    }

    private Future<StoreAnswer> exchange(RequestOptions options, StoreCall call) {
        Promise<StoreAnswer> promise = Promise.promise();
        var over = vertx.setTimer(
                patience.toMillis(),
                timer -> promise.tryFail(
                        StoreFailure.passing("the store does not answer within " + patience.toSeconds() + " s")));
        client.request(options).onFailure(promise::tryFail).onSuccess(request -> {
            // Too late: nothing more is wanted of this connection.
            promise.future().onFailure(failure -> request.reset());
            request.exceptionHandler(promise::tryFail);
            request.response().onFailure(promise::tryFail).onSuccess(response -> read(response, promise));
            send(request, call, 0).onFailure(promise::tryFail);
        });
        return promise.future().onComplete(done -> vertx.cancelTimer(over));
    }

    /** The next piece goes when the one before has been taken: what waits for a slow store is one piece. */
    private static Future<Void> send(HttpClientRequest request, StoreCall call, int from) {
        var left = call.length() - from;
        if (left <= PIECE) {
            return request.end(piece(call, from, left));
        }
        return request.write(piece(call, from, PIECE)).compose(written -> send(request, call, from + PIECE));
    }

    private static Buffer piece(StoreCall call, int from, int length) {
        return Buffer.buffer(length).appendBytes(call.body(), from, length);
    }

    private static void read(HttpClientResponse response, Promise<StoreAnswer> promise) {
        var beginning = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(answer(response, beginning)));
        response.handler(part -> {
            beginning.appendBuffer(part.slice(0, Math.min(part.length(), MOST_READ - beginning.length())));
            if (beginning.length() >= MOST_READ && promise.tryComplete(answer(response, beginning))) {
                response.request().reset();
            }
        });
    }

    private static StoreAnswer answer(HttpClientResponse response, Buffer beginning) {
        return new StoreAnswer(
                response.statusCode(),
                response.getHeader("ETag"),
                response.getHeader("Date"),
                beginning.toString(StandardCharsets.UTF_8));
    }

    @PreDestroy
    void close() {
        client.close();
    }
}
