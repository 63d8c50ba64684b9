package dev.centime.eventstore.log;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a client and PostgreSQL and, when asked, swallows the next reply and cuts the connection. */
final class CuttingProxy implements AutoCloseable {
    private final NetServer server;
    private final AtomicInteger toCut = new AtomicInteger();

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
        client.handler(database::write);
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

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
