package dev.centime.benchmarks.costs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.benchmarks.Patience;
import dev.centime.benchmarks.RunningService;
import dev.centime.contracts.Organization;
import dev.centime.kit.testing.TestTokens;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Every read of ingest-service, over HTTP, in organizations with ever more calls in the same ninety days: p50 and the longest of each,
 * and how they grow. Calls are recorded through the same service.
 *
 * <p>{@code [--only TEXT] [SIZE…]}: questions with that in their names alone; numbers of calls, 10,000 100,000 400,000 unless said. With the
 * server's data kept, calls of an earlier run are not sent again.
 */
public final class ReadGrowth {
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final int WRITERS = 4;
    private static final int BATCH = 1_000;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 15;
    private static final int FEWEST_ROUNDS = 5;

    /** A question that takes long is asked less often. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private final RunningService service;
    private final String only;
    private final int[] sizes;
    private final ObjectMapper json = new ObjectMapper();

    private ReadGrowth(RunningService service, String only, int[] sizes) {
        this.service = service;
        this.only = only;
        this.sizes = sizes;
    }

    /** Milliseconds. */
    private record Times(double p50, double p95, double longest) {
        static Times of(double[] ms) {
            var sorted = ms.clone();
            Arrays.sort(sorted);
            return new Times(
                    sorted[sorted.length / 2], sorted[(int) (0.95 * sorted.length)], sorted[sorted.length - 1]);
        }
    }

    public static void main(String[] arguments) throws Exception {
        var only = arguments.length > 1 && arguments[0].equals("--only") ? arguments[1] : "";
        var sizes = Arrays.stream(arguments)
                .skip(only.isEmpty() ? 0 : 2)
                .mapToInt(Integer::parseInt)
                .toArray();
        try (var service = new RunningService("ingest")) {
            var growth =
                    new ReadGrowth(service, only, sizes.length == 0 ? new int[] {10_000, 100_000, 400_000} : sizes);
            for (var size : growth.sizes) {
                growth.fill(size);
            }
            service.server().execute("VACUUM ANALYZE");
            growth.measure();
        }
    }

    private static String organization(int size) {
        return "varied-" + size;
    }

    private void fill(int size) throws SQLException, IOException, InterruptedException, ExecutionException {
        var name = organization(size);
        service.create(
                new Organization(name, name, ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 365),
                "/api/v1/costs/summary");
        if (folded(name, "requests") >= size) {
            return;
        }
        var started = System.nanoTime();
        record(name, size);
        Patience.await(name + " in the views", Duration.ofMillis(100)).until(() -> folded(name, "requests") >= size);
        var seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(Locale.ROOT, "%,d calls recorded and in the views: %.0f/s%n", size, size / seconds);
        setPrice(name);
        Patience.await(name + " priced", Duration.ofMillis(100)).until(() -> folded(name, "unpriced_requests") == 0);
        check(name, size);
    }

    private void record(String organization, int size) throws InterruptedException, ExecutionException {
        var calls = new VariedCalls(size, Instant.now());
        var next = new AtomicInteger();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            var writing = IntStream.range(0, WRITERS)
                    .mapToObj(_ -> writers.submit(() -> {
                        for (int from = next.getAndAdd(BATCH); from < size; from = next.getAndAdd(BATCH)) {
                            post(organization, calls.body(from, from + BATCH));
                        }
                    }))
                    .toList();
            try {
                for (var writer : writing) {
                    writer.get();
                }
            } finally {
                // When one has failed the others need not go on.
                next.set(size);
            }
        }
    }

    /** While views are late nothing is taken. */
    private void post(String organization, String body) {
        Patience.await("a batch recorded", Duration.ofMillis(250)).until(() -> {
            var answer = service.send(
                    json(service.request("/api/v1/usage", organization), body).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 503) {
                return false;
            }
            if (answer.statusCode() != 200
                    || json.readTree(answer.body()).get("accepted").asInt() == 0) {
                throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
            }
            return true;
        });
    }

    /** So that some calls have corrections. */
    private void setPrice(String organization) throws IOException, InterruptedException {
        var request = json(
                        service.request("/api/v1/pricing/models", organization), """
                {"provider": "anthropic", "model_name": "%s", "input_price": "3", "output_price": "15", "cache_read_price": "0.3",
                 "effective_date": "2025-01-01"}""".formatted(VariedCalls.LATE_MODEL))
                .setHeader("X-Organization", organization)
                .setHeader("Authorization", "Bearer " + TestTokens.platformAdminToken(organization));
        service.send(request.build(), 201);
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json").POST(BodyPublishers.ofString(body));
    }

    private long folded(String organization, String measure) throws SQLException {
        return service.server()
                .number("SELECT coalesce(sum(" + measure + "), 0)::bigint FROM ingest.value_day"
                        + " WHERE dimension = '' AND organization = '" + organization + "'");
    }

    /** Every call is in the answers, or the figures are worth nothing. */
    private void check(String organization, int size) throws IOException, InterruptedException {
        var last = "?days=" + (VariedCalls.DAYS + 2);
        var history = json.readTree(get("/costs/history" + last, organization));
        var efficiency = json.readTree(get("/costs/efficiency" + last, organization));
        if (efficiency.get("total_tasks").asInt() != size
                || !efficiency.get("total_cost").equals(history.get("total_cost"))) {
            throw new IllegalStateException(efficiency.get("total_tasks") + " calls for " + efficiency.get("total_cost")
                    + " are not " + size + " for " + history.get("total_cost"));
        }
    }

    private String get(String path, String organization) throws IOException, InterruptedException {
        return service.send(service.request("/api/v1" + path, organization).build(), 200);
    }

    private void measure() throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%-32s", "p50, p95, longest in ms of");
        for (var size : sizes) {
            System.out.printf(Locale.ROOT, "%,24d calls", size);
        }
        System.out.println("   growth");
        for (var question : ReadQuestion.all(Instant.now())) {
            if (question.name().contains(only)) {
                line(question);
            }
        }
        System.out.printf(Locale.ROOT, "ingest-service: %d MB resident%n", service.residentMb());
    }

    private void line(ReadQuestion question) throws IOException, InterruptedException {
        System.out.printf(Locale.ROOT, "%-32s", question.name());
        var all = new Times[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            all[i] = times(question.path(), organization(sizes[i]));
            System.out.printf(Locale.ROOT, "%10.0f%10.0f%10.0f", all[i].p50(), all[i].p95(), all[i].longest());
        }
        System.out.printf(Locale.ROOT, "%8.1f%n", all[all.length - 1].p50() / all[0].p50());
    }

    private Times times(String path, String organization) throws IOException, InterruptedException {
        var times = new double[ROUNDS];
        int count = 0;
        var begun = System.nanoTime();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            var started = System.nanoTime();
            get(path, organization);
            if (round >= 0) {
                times[count++] = (System.nanoTime() - started) / 1e6;
            }
            if (count >= FEWEST_ROUNDS && System.nanoTime() - begun > LONG_ENOUGH.toNanos()) {
                break;
            }
        }
        return Times.of(Arrays.copyOf(times, count));
    }
}
