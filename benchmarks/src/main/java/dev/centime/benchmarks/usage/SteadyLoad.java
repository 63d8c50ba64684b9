package dev.centime.benchmarks.usage;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches at a rate, whether or not the answers keep up. What cannot be sent since too many answers are outstanding is counted:
 * at that rate the load was not taken.
 */
final class SteadyLoad {
    static final int BATCH = 500;
    private static final int OUTSTANDING = 32;
    private static final long TICK_MS = 2;

    private final Vertx vertx;
    private final UsageClient client;
    private final List<UsageBody> bodies;

    SteadyLoad(Vertx vertx, int port) {
        this.vertx = vertx;
        this.client = new UsageClient(vertx, port, "/api/v1/usage", OUTSTANDING);
        this.bodies = IntStream.range(0, 16)
                .mapToObj(seed -> new UsageBody(BATCH, seed))
                .toList();
    }

    /**
     * How a run went.
     *
     * @param offered records that the rate asked for
     * @param taken records acknowledged
     * @param refused batches that Centime did not take because it was too late with earlier ones
     */
    record Outcome(long offered, long taken, long refused, double seconds, Latencies latencies) {
        double perSecond() {
            return taken / seconds;
        }
    }

    Outcome run(double recordsPerSecond, Duration length) throws InterruptedException {
        var run = new Run(recordsPerSecond / BATCH, length.toNanos());
        vertx.getOrCreateContext().runOnContext(go -> run.start());
        run.over.await();
        if (run.failure != null) {
            throw new IllegalStateException("a batch failed", run.failure);
        }
        return run.outcome();
    }

    /** One run; everything in it belongs to one event loop. */
    private final class Run {
        private final double batchesPerSecond;
        private final long lengthNanos;
        private final long begun = System.nanoTime();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Latencies latencies = new Latencies();
        private long sent;
        private long answered;
        private long refused;
        private long lastAnswer;
        private volatile @Nullable Throwable failure;

        Run(double batchesPerSecond, long lengthNanos) {
            this.batchesPerSecond = batchesPerSecond;
            this.lengthNanos = lengthNanos;
        }

        void start() {
            vertx.setPeriodic(TICK_MS, timer -> {
                long elapsed = System.nanoTime() - begun;
                if (elapsed > lengthNanos || failure != null) {
                    if (answered == sent || failure != null) {
                        vertx.cancelTimer(timer);
                        over.countDown();
                    }
                    return;
                }
                long due = (long) (batchesPerSecond * elapsed / 1e9);
                while (sent < due && sent - answered < OUTSTANDING) {
                    send();
                }
            });
        }

        private void send() {
            var body = bodies.get((int) (sent++ % bodies.size())).next();
            long started = System.nanoTime();
            client.post(body).onComplete(answer -> {
                answered++;
                lastAnswer = System.nanoTime();
                if (answer.failed()) {
                    failure = answer.cause();
                } else if (answer.result()) {
                    latencies.add(lastAnswer - started);
                } else {
                    refused++;
                }
            });
        }

        Outcome outcome() {
            return new Outcome(
                    (long) (batchesPerSecond * lengthNanos / 1e9) * BATCH,
                    (long) latencies.count() * BATCH,
                    refused,
                    Math.max(lengthNanos, lastAnswer - begun) / 1e9,
                    latencies);
        }
    }
}
