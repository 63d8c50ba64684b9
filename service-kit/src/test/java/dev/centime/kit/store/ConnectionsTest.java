package dev.centime.kit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.centime.database.TestPostgres;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A network that lets requests through and swallows all replies, as after a failover that nobody tells of. */
class ConnectionsTest {
    private static final int CONNECTIONS = 2;
    private static final Duration SOON = Duration.ofSeconds(60);

    private final TestPostgres.Database database = TestPostgres.database();
    private final Vertx vertx = Vertx.vertx();
    private final PgConnectOptions server = PgConnectOptions.fromUri(database.reactiveUrl())
            .setUser(database.user())
            .setPassword(database.password());
    private volatile boolean silent;
    private NetServer network;
    private Pool pool;

    @BeforeEach
    void connect() {
        network = vertx.createNetServer().connectHandler(this::join);
        wait(network.listen(0, "127.0.0.1"));
        var through = new PgConnectOptions(server).setHost("127.0.0.1").setPort(network.actualPort());
        pool = PgBuilder.pool()
                .connectingTo(Connections.noticing(through, Duration.ofSeconds(5)))
                .with(new PoolOptions().setMaxSize(CONNECTIONS))
                .using(vertx)
                .build();
    }

    @AfterEach
    void close() {
        wait(pool.close());
        wait(vertx.close());
    }

    @Test
    void whatWaitsInVainFails_andThePoolGoesOn() {
        isAnswered();
        silent = true;
        var inVain = IntStream.range(0, CONNECTIONS).mapToObj(i -> ask()).toList();

        assertThat(inVain).allSatisfy(one -> assertThatThrownBy(() -> wait(one)).isNotNull());

        silent = false;
        isAnswered();
    }

    /** Over every connection. On a machine that stands still for as long as a server may be silent, whoever asks asks again. */
    private void isAnswered() {
        await().atMost(SOON).pollDelay(Duration.ZERO).ignoreExceptions().until(() -> {
            var asked = IntStream.range(0, CONNECTIONS).mapToObj(i -> ask()).toList();
            return asked.stream().allMatch(one -> wait(one) == 1);
        });
    }

    private Future<Integer> ask() {
        return pool.query("SELECT 1")
                .execute()
                .map(rows -> rows.iterator().next().getInteger(0));
    }

    private void join(NetSocket client) {
        client.pause();
        vertx.createNetClient()
                .connect(server.getPort(), server.getHost())
                .onFailure(failure -> client.close())
                .onSuccess(there -> {
                    client.handler(there::write);
                    there.handler(reply -> {
                        if (!silent) {
                            client.write(reply);
                        }
                    });
                    client.closeHandler(closed -> there.close());
                    there.closeHandler(closed -> client.close());
                    client.resume();
                });
    }

    private static <T> T wait(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError("no answer, and no failure", e);
        }
    }
}
