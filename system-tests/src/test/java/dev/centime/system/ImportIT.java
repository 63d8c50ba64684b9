package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A large file through every process, with the service that records it killed in the middle. Its heap is a fraction of the file. */
class ImportIT {
    private static final int CALLS = 100_000;
    private static final String PERIOD = "&start_date=2026-03-01&end_date=2026-03-31";

    @Test
    void anImportGoesOnAfterAKill_andCountsEveryRowOnce() throws Exception {
        try (var centime = Instance.fresh()) {
            centime.up().succeeded();
            try (var live = LiveLine.open(centime.api())) {
                resumes(centime, live);
            }
        }
    }

    private static void resumes(Instance centime, LiveLine live) throws Exception {
        var id = send(centime.api()).path("id").asText();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> doneOf(centime, id) > 0);

        var killedAt = doneOf(centime, id);
        var before = centime.pid("ingest");
        Instance.kill(before);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var now = centime.pid("ingest");
            return now != 0 && now != before && centime.isReady();
        });
        await().atMost(Duration.ofMinutes(4))
                .until(() -> !standing(centime, id).path("ended_at").isNull());

        var ended = standing(centime, id);
        var report = ended.path("report");
        assertThat(killedAt).isLessThan(CALLS);
        assertThat(ended.path("state").asText()).isEqualTo("done");
        assertThat(report.path("accepted").asLong()).isEqualTo(CALLS);
        assertThat(report.path("duplicates").asLong()).isEqualTo(CALLS);
        assertThat(report.path("ignored").asLong()).isEqualTo(2L * CALLS);
        assertThat(report.path("rejected").asLong()).isZero();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            var costs = centime.api().get("/api/v1/costs/breakdown?dimension=project" + PERIOD);
            assertThat(costs.path("requests").asLong()).isEqualTo(CALLS);
            assertThat(new BigDecimal(costs.path("total_cost").asText()))
                    .isEqualByComparingTo(report.path("total_cost").asText());
        });
        nothingOfTheFileIsLeft(centime);
        assertThat(live.heard("import")).isTrue();
        System.out.printf("import: %,d lines, killed at %,d of %,d records%n", 4 * CALLS, killedAt, CALLS);
    }

    private static void nothingOfTheFileIsLeft(Instance centime) throws Exception {
        try (var database = centime.database();
                var statement = database.createStatement();
                var chunks = statement.executeQuery("SELECT count(*) FROM ingest.import_chunk")) {
            assertThat(chunks.next()).isTrue();
            assertThat(chunks.getLong(1)).isZero();
        }
    }

    private static long doneOf(Instance centime, String id) {
        return standing(centime, id).path("records_done").asLong();
    }

    private static JsonNode standing(Instance centime, String id) {
        return centime.api().get("/api/v1/imports/" + id);
    }

    private static JsonNode send(Api api) throws IOException, InterruptedException {
        var boundary = "centime-system-test";
        var parts = List.<InputStream>of(
                bytes("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"s.jsonl\"\r\n\r\n"),
                new SessionLog(CALLS),
                bytes("\r\n--" + boundary + "--\r\n"));
        var request = HttpRequest.newBuilder(URI.create(api.address() + "/api/v1/imports"))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + api.key())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new SequenceInputStream(Collections.enumeration(parts))))
                .build();
        var answer = api.http().send(request, HttpResponse.BodyHandlers.ofString());
        return new Api.Answer(answer.statusCode(), answer.body(), answer.headers()).ok();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
