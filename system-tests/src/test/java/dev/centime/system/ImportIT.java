package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A large file through every process, with the service that records it killed in the middle. Its heap is a fraction of the file. */
@ExtendWith(DemoInstance.class)
class ImportIT {
    private static final int CALLS = 40_000;
    private static final String ORGANIZATION = "imported";
    private static final String PERIOD = "&start_date=2026-03-01&end_date=2026-03-31";

    @Test
    void anImportGoesOnAfterAKill_andCountsEveryRowOnce(Instance centime) throws Exception {
        for (var attempt = 1; !resumes(centime, ORGANIZATION + "-" + attempt); attempt++) {
            // On a machine that stood still it may have been done before it could be killed: then another.
            assertThat(attempt).as("imports that were done too soon").isLessThan(5);
        }
    }

    /** @return whether the kill came in the middle of it */
    private static boolean resumes(Instance centime, String organization) throws Exception {
        var api = centime.organization(organization);
        try (var live = LiveLine.open(api)) {
            return resumes(centime, api, organization, live);
        }
    }

    private static boolean resumes(Instance centime, Api api, String organization, LiveLine live) throws Exception {
        var id = send(api).path("id").asText();
        var killedAt = await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> standing(api, id).path("records_done").asLong(), done -> done > 0);
        var dead = centime.killAndAwait("ingest");

        // Asked again where the gateway has not found the new process yet.
        await().atMost(Duration.ofMinutes(5))
                .untilAsserted(() ->
                        assertThat(standing(api, id).path("ended_at").isNull()).isFalse());
        var ended = standing(api, id);
        var report = ended.path("report");
        assertThat(ended.path("state").asText()).isEqualTo("done");
        assertThat(report.path("accepted").asLong()).isEqualTo(CALLS);
        assertThat(report.path("duplicates").asLong()).isEqualTo(CALLS);
        assertThat(report.path("ignored").asLong()).isEqualTo(2L * CALLS);
        assertThat(report.path("rejected").asLong()).isZero();
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            var costs = api.get("/api/v1/costs/breakdown?dimension=project" + PERIOD);
            assertThat(costs.path("requests").asLong()).isEqualTo(CALLS);
            assertThat(new BigDecimal(costs.path("total_cost").asText()))
                    .isEqualByComparingTo(report.path("total_cost").asText());
        });
        nothingOfTheFileIsLeft(centime, organization);
        await().atMost(Duration.ofMinutes(3)).until(() -> live.heard("import"));
        System.out.printf("import: %,d lines, killed at %,d of %,d records%n", 4 * CALLS, killedAt, 2 * CALLS);
        return Instant.parse(ended.path("ended_at").asText()).isAfter(dead);
    }

    private static void nothingOfTheFileIsLeft(Instance centime, String organization) throws Exception {
        try (var database = centime.database();
                var statement = database.createStatement();
                var chunks = statement.executeQuery(
                        "SELECT count(*) FROM ingest.import_chunk WHERE organization = '" + organization + "'")) {
            assertThat(chunks.next()).isTrue();
            assertThat(chunks.getLong(1)).isZero();
        }
    }

    private static JsonNode standing(Api api, String id) {
        return api.get("/api/v1/imports/" + id);
    }

    private static JsonNode send(Api api) throws IOException, InterruptedException {
        var boundary = "centime-system-test";
        var parts = List.<InputStream>of(
                bytes("--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"s.jsonl\"\r\n\r\n"),
                new SessionLog(CALLS),
                bytes("\r\n--" + boundary + "--\r\n"));
        var request = api.request("/api/v1/imports")
                .timeout(Duration.ofMinutes(5))
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
