package dev.centime.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.centime.kit.testing.MutinyIsSetUp;
import dev.centime.kit.testing.TestTokens;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(MutinyIsSetUp.class)
class GatewayKeysTest {
    private static final int ROUNDS = 200;
    private static final int CALLERS = 4;

    private final AtomicInteger asked = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private HttpServer gateway;

    @BeforeEach
    void publish() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var keys = TestTokens.jwks().getBytes(StandardCharsets.UTF_8);
        gateway.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(200, keys.length);
            try (var body = exchange.getResponseBody()) {
                body.write(keys);
            }
        });
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theFirstCallersOfAService_whoComeAtOnce_areAllRecognized() throws Exception {
        var url = "http://127.0.0.1:" + gateway.getAddress().getPort() + "/";
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            for (var round = 0; round < ROUNDS; round++) {
                var keys = new GatewayKeys(vertx, url);
                var together = new CyclicBarrier(CALLERS);
                var found = new ArrayList<Future<PublicKey>>();
                for (var caller = 0; caller < CALLERS; caller++) {
                    found.add(callers.submit(() -> {
                        together.await();
                        return keys.key("test").await().atMost(Duration.ofSeconds(60));
                    }));
                }
                for (var one : found) {
                    assertThat(one.get()).isNotNull();
                }
            }
        }
        assertThat(asked).as("once for all who come within a second").hasValueLessThan(ROUNDS * CALLERS);
    }
}
