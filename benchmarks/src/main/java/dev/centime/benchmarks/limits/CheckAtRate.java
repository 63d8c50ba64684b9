package dev.centime.benchmarks.limits;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Row 4: {@code GET /analytics/check-limit} at a steady rate, twenty budgets in the organization, of which three cover the call. Each answer is timed from the
 * moment at which its question was due, so that a service that stands still is not excused.
 *
 * <p>{@code [RATE…]}: 5,000 a second unless said.
 */
public final class CheckAtRate {
    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 20;
    private static final int SECONDS = 20;

    private CheckAtRate() {}

    public static void main(String[] args) throws Exception {
        var vertx = Vertx.vertx();
        try (var service = new Budgets()) {
            service.setBudget("all", "1000000", "{}");
            for (int i = 0; i < 19; i++) {
                service.setBudget(
                        "user-" + i, "1000", "{\"user\": \"user-%d\", \"model\": \"m-%d\"}".formatted(i / 2, i % 2));
            }
            var http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS));
            var rates = args.length == 0 ? new String[] {"5000"} : args;
            new Run(vertx, http, service, Integer.parseInt(rates[0]), Duration.ofSeconds(WARM_UP_SECONDS)).times();
            for (var rate : rates) {
                var times = new Run(vertx, http, service, Integer.parseInt(rate), Duration.ofSeconds(SECONDS)).times();
                System.out.println(times.line("check-limit", SECONDS));
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /** One run: a thread that keeps the time, which a timer of milliseconds would not, and an event loop that asks. */
    private static final class Run {
        private final Context loop;
        private final HttpClient http;
        private final int rate;
        private final long toSend;
        private final RequestOptions question;
        private final AnswerTimes times = new AnswerTimes(200);
        private final CountDownLatch over = new CountDownLatch(1);
        private long answered;

        Run(Vertx vertx, HttpClient http, Budgets service, int rate, Duration length) {
            this.loop = vertx.getOrCreateContext();
            this.http = http;
            this.rate = rate;
            this.toSend = rate * length.toSeconds();
            this.question = new RequestOptions()
                    .setHost("127.0.0.1")
                    .setPort(service.port())
                    .setMethod(HttpMethod.GET)
                    .setURI("/api/v1/analytics/check-limit?user=user-3&model=m-1&estimated_cost=0.01")
                    .putHeader("Authorization", service.authorization());
        }

        AnswerTimes times() throws InterruptedException {
            long begun = System.nanoTime();
            for (long sent = 0; sent < toSend; sent++) {
                long due = begun + (long) (sent * 1e9 / rate);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                loop.runOnContext(go -> ask(due));
            }
            over.await();
            return times;
        }

        private void ask(long due) {
            http.request(question)
                    .compose(request ->
                            request.send().compose(response -> response.body().map(body -> response.statusCode())))
                    .onComplete(answer -> {
                        times.add(answer.succeeded() ? answer.result() : 0, System.nanoTime() - due);
                        if (++answered == toSend) {
                            over.countDown();
                        }
                    });
        }
    }
}
