package dev.centime.benchmarks.usage;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.benchmarks.Patience;
import dev.centime.benchmarks.Rate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Calls taken out whole, through the gateway, in each format: rows a second against {@code COPY} of their detail rows to the client,
 * and the memory of ingest-service before and after.
 *
 * <p>{@code [--calls N]} (1,000,000 unless said).
 */
public final class ExportOfCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 500;
    private static final int WRITERS = 4;
    private static final int PASSES = 3;

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningCentime centime;
    private final long calls;

    private ExportOfCalls(RunningCentime centime, long calls) {
        this.centime = centime;
        this.calls = calls;
    }

    public static void main(String[] args) throws Exception {
        int at = Arrays.asList(args).indexOf("--calls");
        long calls = at < 0 ? 1_000_000 : Long.parseLong(args[at + 1]);
        try (var running = RunningCentime.up()) {
            var export = new ExportOfCalls(running, calls);
            export.record();
            export.measure();
        }
    }

    private void record() throws InterruptedException, ExecutionException {
        var left = new AtomicLong(calls / BATCH);
        var writing = new ArrayList<Future<?>>();
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            for (int writer = 0; writer < WRITERS; writer++) {
                var body = new UsageBody(BATCH, writer);
                writing.add(writers.submit(() -> {
                    while (left.getAndDecrement() > 0) {
                        post(body.next());
                    }
                }));
            }
            try {
                for (var writer : writing) {
                    writer.get();
                }
            } finally {
                // When one has failed the others need not go on.
                left.set(0);
            }
        }
        Patience.await("calls in the views", Duration.ofMillis(200)).until(() -> requests() >= calls / BATCH * BATCH);
        System.out.printf(Locale.ROOT, "%,d calls recorded%n", requests());
    }

    private void measure() throws IOException, InterruptedException, SQLException {
        var yardstick = copy();
        System.out.println(yardstick.line(yardstick));
        var memory = ResidentMemory.of(centime, "ingest");
        System.out.printf(Locale.ROOT, "ingest-service before: %d MB resident%n", memory.now());
        for (var format : List.of("csv", "ndjson", "json", "parquet")) {
            var perSecond = new double[PASSES];
            long bytes = 0;
            for (int pass = 0; pass < PASSES; pass++) {
                var started = System.nanoTime();
                bytes = export(format);
                perSecond[pass] = calls * 1e9 / (System.nanoTime() - started);
            }
            System.out.println(new Rate("export as " + format, perSecond).line(yardstick));
            System.out.printf(Locale.ROOT, "    %d MB, ingest-service: %d MB resident%n", bytes >> 20, memory.now());
        }
    }

    private Rate copy() throws SQLException, IOException {
        var perSecond = new double[PASSES];
        try (var connection = centime.database()) {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI();
            for (int pass = 0; pass < PASSES; pass++) {
                var started = System.nanoTime();
                copy.copyOut(
                        "COPY (SELECT * FROM ingest.usage_detail ORDER BY partition, organization, at DESC, log_offset DESC)"
                                + " TO STDOUT (FORMAT csv)",
                        OutputStream.nullOutputStream());
                perSecond[pass] = calls * 1e9 / (System.nanoTime() - started);
            }
        }
        return new Rate("COPY of the detail rows, sorted", perSecond);
    }

    private long export(String format) throws IOException, InterruptedException {
        var answer = http.send(
                request("/api/v1/costs/export?days=2&format=" + format).build(), BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(answer.statusCode() + ": " + new String(body.readAllBytes()));
            }
            return body.transferTo(OutputStream.nullOutputStream());
        }
    }

    private void post(byte[] body) {
        Patience.await("a batch recorded", Duration.ofSeconds(1)).until(() -> posted(body));
    }

    /** @return false while views are late and nothing is taken */
    private boolean posted(byte[] body) throws IOException, InterruptedException {
        var answer = http.send(
                request("/api/v1/usage")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200 && answer.statusCode() != 503) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.statusCode() == 200;
    }

    private long requests() {
        try {
            var answer = http.send(request("/api/v1/costs/history?days=2").build(), BodyHandlers.ofString());
            return JSON.readTree(answer.body()).path("requests").asLong();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centime.port() + path))
                .timeout(Duration.ofMinutes(10))
                .header("Authorization", "Bearer " + RunningCentime.KEY);
    }
}
