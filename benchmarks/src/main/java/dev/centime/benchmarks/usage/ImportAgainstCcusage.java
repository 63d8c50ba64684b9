package dev.centime.benchmarks.usage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.benchmarks.Patience;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Row 11: a log of Claude Code through the gateway until all of it is durable, and until the views have it, against ccusage reading the
 * same file into memory. Two of four lines tell of a call, each call twice. Beside it how much memory the service took that reads it.
 *
 * <p>{@code [--lines N]} (500,000 unless said). {@code CCUSAGE} names the other's command; without it only ours is measured.
 */
public final class ImportAgainstCcusage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINES_A_CALL = 4;
    private static final Duration POLL = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningCentime centime;

    private ImportAgainstCcusage(RunningCentime centime) {
        this.centime = centime;
    }

    public static void main(String[] args) throws Exception {
        int at = Arrays.asList(args).indexOf("--lines");
        int calls = (at < 0 ? 500_000 : Integer.parseInt(args[at + 1])) / LINES_A_CALL;
        var folder = Files.createTempDirectory("centime-import-bench");
        try {
            var log = write(folder, calls);
            System.out.printf(
                    Locale.ROOT, "%,d lines, %,d calls, %d MB%n", calls * LINES_A_CALL, calls, Files.size(log) >> 20);
            ccusage(folder);
            try (var running = RunningCentime.up()) {
                new ImportAgainstCcusage(running).measure(log, calls);
            }
        } finally {
            try (var all = Files.walk(folder)) {
                for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static Path write(Path folder, int calls) throws IOException {
        var log = Files.createDirectories(folder.resolve("projects/-home-ann-shop"))
                .resolve("session.jsonl");
        try (var out = Files.newBufferedWriter(log)) {
            for (int call = 0; call < calls; call++) {
                var head =
                        "{\"timestamp\":\"2026-03-%02dT10:00:00.000Z\",\"sessionId\":\"session-%d\",\"cwd\":\"/home/ann/shop\","
                                .formatted(1 + call % 28, call / 100);
                out.write(head + "\"type\":\"user\",\"message\":{\"content\":\"" + "why? ".repeat(60) + "\"}}\n");
                out.write(head + answer(call, 1));
                out.write(head + answer(call, 200));
                out.write(head + "\"type\":\"user\",\"toolUseResult\":\"" + "line of a file ".repeat(40) + "\"}\n");
            }
        }
        return log;
    }

    private static String answer(int call, int output) {
        return ("\"type\":\"assistant\",\"requestId\":\"req-%d\",\"message\":{\"id\":\"msg-%d\",\"model\":"
                        + "\"claude-sonnet-4-20250514\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],"
                        + "\"usage\":{\"input_tokens\":10,\"cache_read_input_tokens\":1000,\"output_tokens\":%d}}}%n")
                .formatted(call, call, "because ".repeat(30), output);
    }

    private static void ccusage(Path folder) throws IOException, InterruptedException {
        var command = System.getenv("CCUSAGE");
        if (command == null) {
            System.out.println("ccusage: not measured, CCUSAGE names no command");
            return;
        }
        var started = System.nanoTime();
        var builder = new ProcessBuilder(List.of(command, "daily", "--offline", "--json"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLAUDE_CONFIG_DIR", folder.toString());
        int exitCode = builder.start().waitFor();
        System.out.printf(Locale.ROOT, "ccusage: %.1f s (exit code %d)%n", seconds(started), exitCode);
    }

    private void measure(Path log, int calls) throws IOException, InterruptedException {
        var memory = ResidentMemory.of(centime, "ingest");
        var before = memory.now();
        memory.forgetPeak();
        var started = System.nanoTime();
        var id = send(log).path("id").asText();
        System.out.printf(Locale.ROOT, "answered: %.1f s%n", seconds(started));
        Patience.await("the file read", POLL)
                .until(() -> !standing(id).path("state").asText().equals("receiving"));
        System.out.printf(Locale.ROOT, "read: %.1f s%n", seconds(started));
        var ended = Patience.await("the import ended", POLL)
                .until(() -> standing(id), standing -> !standing.path("ended_at")
                        .isNull());
        System.out.printf(
                Locale.ROOT,
                "durable: %.1f s, %s%n",
                seconds(started),
                ended.path("report").path("accepted"));
        Patience.await("calls in the views", POLL)
                .until(() -> get("/api/v1/costs/breakdown?dimension=model&start_date=2026-03-01&end_date=2026-03-31")
                                .path("requests")
                                .asLong()
                        >= calls);
        System.out.printf(Locale.ROOT, "in the views: %.1f s%n", seconds(started));
        System.out.printf(
                Locale.ROOT,
                "ingest: %d MB resident before, %d MB at most, with a heap of %s%n",
                before,
                memory.peak(),
                memory.heap());
    }

    private JsonNode standing(String id) throws IOException, InterruptedException {
        return get("/api/v1/imports/" + id);
    }

    private JsonNode send(Path log) throws IOException, InterruptedException {
        var boundary = "centime-benchmark";
        var head = "--" + boundary
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"session.jsonl\"\r\n\r\n";
        var request = request("/api/v1/imports")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofFile(log),
                        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
                .build();
        return answer(request);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(request(path).build());
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centime.port() + path))
                .timeout(Duration.ofMinutes(5))
                .header("Authorization", "Bearer " + RunningCentime.KEY);
    }

    private static double seconds(long startedNanos) {
        return (System.nanoTime() - startedNanos) / 1e9;
    }
}
