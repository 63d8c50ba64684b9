package dev.centime.eventstore.log;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Stands between a client and PostgreSQL and, when asked, swallows the next reply and cuts the connection. */
final class CuttingProxy implements AutoCloseable {
    private final NetServer server;
    private final AtomicInteger toCut = new AtomicInteger();
    private volatile Function<Buffer, @Nullable Buffer> requests = request -> request;

    CuttingProxy(Vertx vertx, PgConnectOptions target) {
        server = vertx.createNetServer().connectHandler(client -> {
            client.pause();
            vertx.createNetClient()
                    .connect(target.getPort(), target.getHost())
                    .onSuccess(database -> join(client, database))
                    .onFailure(failure -> client.close());
        });
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    private void join(NetSocket client, NetSocket database) {
        client.handler(request -> {
            var passed = requests.apply(request);
            if (passed == null) {
                client.close();
                database.close();
            } else {
                database.write(passed);
            }
        });
        database.handler(reply -> {
            if (toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                client.close();
                database.close();
            } else {
                client.write(reply);
            }
        });
        client.closeHandler(closed -> database.close());
        database.closeHandler(closed -> client.close());
        client.resume();
    }

    int port() {
        return server.actualPort();
    }

    void cutNextReplies(int replies) {
        toCut.set(replies);
    }

    /** @param requests what becomes of each; null for one that is swallowed, with the connection cut */
    void onRequests(Function<Buffer, @Nullable Buffer> requests) {
        this.requests = requests;
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
