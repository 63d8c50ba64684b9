package dev.centime.benchmarks.limits;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.math.BigDecimal;
import java.util.concurrent.CountDownLatch;

/**
 * Row 5: reservations on one hot budget by 200 callers at once, each of whom asks again when he is answered, until the budget is used
 * up. As many are admitted as fit, and the log holds as many.
 *
 * <p>{@code [FIT]}: how many fit; 30,000 unless said.
 */
public final class ReserveAtOnce {
    private static final int CALLERS = 200;
    private static final int WARM_UP = 10_000;
    private static final BigDecimal COST = new BigDecimal("0.001");

    private ReserveAtOnce() {}

    public static void main(String[] args) throws Exception {
        int fit = args.length == 0 ? 30_000 : Integer.parseInt(args[0]);
        var vertx = Vertx.vertx();
        try (var service = new Budgets()) {
            var http = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(CALLERS));
            use(vertx, http, service, "warm", WARM_UP);
            use(vertx, http, service, "hot", fit);
            var held = service.reservations();
            System.out.printf("%,d fit, %,d admitted%n", WARM_UP + fit, held);
            if (held != WARM_UP + fit) {
                throw new IllegalStateException("what was admitted is not what fits");
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    private static void use(Vertx vertx, HttpClient http, Budgets service, String project, int fit) throws Exception {
        service.setBudget(
                project, COST.multiply(BigDecimal.valueOf(fit)).toPlainString(), "{\"project\": \"" + project + "\"}");
        var run = new Run(http, service, project);
        vertx.getOrCreateContext().runOnContext(go -> {
            for (int caller = 0; caller < CALLERS; caller++) {
                run.next();
            }
        });
        run.over.await();
        System.out.println(run.times.line("reserve " + project, (run.lastAdmitted - run.begun) / 1e9));
    }

    /** One run on one event loop; a caller who is refused asks no more. */
    private static final class Run {
        private final HttpClient http;
        private final RequestOptions question;
        private final Buffer body;
        private final AnswerTimes times = new AnswerTimes(201);
        private final CountDownLatch over = new CountDownLatch(CALLERS);
        private final long begun = System.nanoTime();
        private long lastAdmitted = begun;

        Run(HttpClient http, Budgets service, String project) {
            this.http = http;
            this.body = Buffer.buffer(
                    "{\"estimated_cost\": \"" + COST + "\", \"project\": \"" + project + "\", \"ttl_seconds\": 3600}");
            this.question = new RequestOptions()
                    .setHost("127.0.0.1")
                    .setPort(service.port())
                    .setMethod(HttpMethod.POST)
                    .setURI("/api/v1/limits/reservations")
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Authorization", service.authorization());
        }

        void next() {
            long asked = System.nanoTime();
            http.request(question)
                    .compose(request -> request.send(body)
                            .compose(response -> response.body().map(text -> response.statusCode())))
                    .onComplete(answer -> {
                        int status = answer.succeeded() ? answer.result() : 0;
                        times.add(status, System.nanoTime() - asked);
                        if (status == 402) {
                            over.countDown();
                            return;
                        }
                        if (status == 201) {
                            lastAdmitted = System.nanoTime();
                        }
                        next();
                    });
        }
    }
}
