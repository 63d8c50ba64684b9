package dev.centime.benchmarks.usage;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/** Posts bodies to one address. */
final class UsageClient {
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http;
    private final RequestOptions target;

    UsageClient(Vertx vertx, int port, String path, int connections) {
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setMaxWaitQueueSize(connections * 4),
                new PoolOptions().setHttp1MaxSize(connections));
        this.target = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setMethod(HttpMethod.POST)
                .putHeader("Authorization", "Bearer " + RunningCentime.KEY)
                .putHeader("Content-Type", "application/json");
    }

    private static Future<Boolean> taken(HttpClientResponse response) {
        return response.body().map(text -> switch (response.statusCode()) {
            case OK -> true;
            case UNAVAILABLE -> false;
            default -> throw new IllegalStateException(response.statusCode() + " " + text);
        });
    }

    /** True when it was taken, false when Centime asked to come back later; anything else is a failure. */
    Future<Boolean> post(byte[] body) {
        return http.request(target)
                .compose(request -> request.send(Buffer.buffer(body)).compose(UsageClient::taken));
    }
}
