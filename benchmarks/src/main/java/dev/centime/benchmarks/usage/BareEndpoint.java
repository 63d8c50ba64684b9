package dev.centime.benchmarks.usage;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.UUID;

/**
 * The least that can record: an HTTP server that inserts each body as a row, durably, and answers. Nothing is read, priced, routed or
 * found twice. A process of its own: {@code PORT POSTGRES-URL PASSWORD}.
 */
public final class BareEndpoint extends AbstractVerticle {
    static final String TABLE = "CREATE TABLE IF NOT EXISTS public.bare (id uuid PRIMARY KEY, body text NOT NULL)";
    private static final int CONNECTIONS = 16;

    private final int port;
    private final Pool pool;

    private BareEndpoint(int port, Pool pool) {
        this.port = port;
        this.pool = pool;
    }

    public static void main(String[] args) {
        var vertx = Vertx.vertx();
        var options = PgConnectOptions.fromUri(args[1])
                .setUser("postgres")
                .setPassword(args[2])
                .setCachePreparedStatements(true);
        var pool = PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .using(vertx)
                .build();
        vertx.deployVerticle(
                        () -> new BareEndpoint(Integer.parseInt(args[0]), pool),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .onSuccess(id -> System.out.println("ready"))
                .onFailure(failure -> {
                    System.err.println(failure);
                    System.exit(1);
                });
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> insert(request, body)))
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void insert(HttpServerRequest request, Buffer body) {
        pool.preparedQuery("INSERT INTO public.bare (id, body) VALUES ($1, $2)")
                .execute(Tuple.of(UUID.randomUUID(), body.toString()))
                .onSuccess(rows -> request.response()
                        .putHeader("Content-Type", "application/json")
                        .end("{\"accepted\":1}"))
                .onFailure(failure -> request.response().setStatusCode(500).end(String.valueOf(failure)));
    }
}
