package dev.centime.benchmarks.usage;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A fixed number of connections, each of which sends its next record when the one before is answered. */
final class ClosedLoad {
    private final Vertx vertx;
    private final int connections;
    private final UsageClient client;

    ClosedLoad(Vertx vertx, int port, int connections) {
        this.vertx = vertx;
        this.connections = connections;
        this.client = new UsageClient(vertx, port, "/api/v1/usage", connections);
    }

    /** @param refused requests that were asked to come back later */
    record Outcome(Latencies latencies, long refused, double seconds) {
        double perSecond() {
            return latencies.count() / seconds;
        }
    }

    Outcome run(Duration length) throws InterruptedException {
        var run = new Run(length.toNanos());
        vertx.getOrCreateContext().runOnContext(go -> {
            for (int i = 0; i < connections; i++) {
                run.next(new UsageBody(1, i));
            }
        });
        run.over.await();
        if (run.failure != null) {
            throw new IllegalStateException("a request failed", run.failure);
        }
        return new Outcome(run.latencies, run.refused, length.toNanos() / 1e9);
    }

    /** One run; everything in it belongs to one event loop. */
    private final class Run {
        private final long end;
        private final CountDownLatch over = new CountDownLatch(connections);
        private final Latencies latencies = new Latencies();
        private long refused;
        private volatile @Nullable Throwable failure;

        Run(long lengthNanos) {
            this.end = System.nanoTime() + lengthNanos;
        }

        void next(UsageBody body) {
            long started = System.nanoTime();
            if (started > end || failure != null) {
                over.countDown();
                return;
            }
            client.post(body.next()).onComplete(answer -> {
                if (answer.failed()) {
                    failure = answer.cause();
                } else if (answer.result()) {
                    latencies.add(System.nanoTime() - started);
                } else {
                    refused++;
                }
                next(body);
            });
        }
    }
}
