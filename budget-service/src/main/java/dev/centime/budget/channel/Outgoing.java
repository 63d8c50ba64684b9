package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
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
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * POSTs to addresses that strangers chose: to none that is internal, for a bounded time, reading a bounded answer, following nobody who sends
 * it elsewhere. The connection goes to the very address that was looked at; the name is what the other end must have a certificate for.
 */
@ApplicationScoped
public class Outgoing {
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final Vertx vertx;
    private final ReachableAddresses reachable;
    private final Duration patience;
    private final int mostBytes;
    private final HttpClient client;

    public Outgoing(Vertx vertx, ReachableAddresses reachable, Trust trust, AlertDelivery settings) {
        this.vertx = vertx;
        this.reachable = reachable;
        this.patience = settings.patience();
        this.mostBytes = settings.mostAnswerBytes();
        var options = new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) patience.toMillis() / 3)
                .setMaxPoolSize(settings.parallel())
                .setForceSni(true)
                .setVerifyHost(true);
        trust.options().ifPresent(options::setTrustOptions);
        this.client = vertx.createHttpClient(options);
    }

    /** @param body its beginning, as text */
    record Answer(int status, @Nullable String retryAfter, String body) {}

    /**
     * Waits for the name server; not for event loops.
     *
     * @return fails with {@link TimeoutException} when it takes too long, and with whatever keeps a connection from being made
     * @throws ReachableAddresses.Unreachable when the address is internal
     * @throws UnknownHostException when there is no such host
     */
    Uni<Answer> post(String url, Map<String, String> headers, byte[] body) throws UnknownHostException {
        var uri = URI.create(url);
        var options = options(uri, reachable.of(uri.getHost()));
        headers.forEach(options::addHeader);
        return Uni.createFrom()
                .completionStage(() -> exchange(options, Buffer.buffer(body)).toCompletionStage());
    }

    private static RequestOptions options(URI uri, InetAddress address) {
        var tls = "https".equals(uri.getScheme());
        var port = uri.getPort() > 0 ? uri.getPort() : tls ? HTTPS_PORT : HTTP_PORT;
        var path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(uri.getHost())
                .setPort(port)
                .setSsl(tls)
                .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                .setFollowRedirects(false)
                .setHeaders(MultiMap.caseInsensitiveMultiMap());
    }

    private io.vertx.core.Future<Answer> exchange(RequestOptions options, Buffer body) {
        Promise<Answer> promise = Promise.promise();
        var over = vertx.setTimer(
                patience.toMillis(),
                timer -> promise.tryFail(new TimeoutException("no answer within " + patience.toSeconds() + " s")));
        client.request(options).onFailure(promise::tryFail).onSuccess(request -> {
            // Too late, or with more than is read: either way nothing more is wanted of this connection.
            promise.future().onComplete(done -> request.reset());
            send(request, body, promise);
        });
        return promise.future().onComplete(done -> vertx.cancelTimer(over));
    }

    private void send(HttpClientRequest request, Buffer body, Promise<Answer> promise) {
        if (promise.future().isComplete()) {
            return;
        }
        request.exceptionHandler(promise::tryFail);
        request.send(body).onFailure(promise::tryFail).onSuccess(response -> read(response, promise));
    }

    private void read(HttpClientResponse response, Promise<Answer> promise) {
        var beginning = Buffer.buffer();
        response.exceptionHandler(promise::tryFail);
        response.endHandler(end -> promise.tryComplete(answer(response, beginning)));
        response.handler(part -> {
            beginning.appendBuffer(part.slice(0, Math.min(part.length(), mostBytes - beginning.length())));
            if (beginning.length() >= mostBytes) {
                promise.tryComplete(answer(response, beginning));
            }
        });
    }

    private static Answer answer(HttpClientResponse response, Buffer beginning) {
        return new Answer(
                response.statusCode(), response.getHeader("Retry-After"), beginning.toString(StandardCharsets.UTF_8));
    }

    @PreDestroy
    public void close() {
        client.close();
    }
}
