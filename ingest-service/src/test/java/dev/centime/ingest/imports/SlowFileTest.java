package dev.centime.ingest.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.database.TestPostgres;
import dev.centime.ingest.Api;
import dev.centime.ingest.NarrowBounds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file that takes longer to read than its sender is let wait. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@TestProfile(NarrowBounds.class)
class SlowFileTest {
    private static final String PATH = "/api/v1/imports";
    private static final int CALLS = 6_000;

    @Inject
    TestOrganizations organizations;

    @Inject
    MeterRegistry metrics;

    TestPostgres.Database database;

    private String organization;
    private String token;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        token = TestTokens.orgAdminToken(organization);
        api = new Api(token);
    }

    @Test
    void isAnsweredBefore_andReadOrFailedAfterwards() throws Exception {
        var whole = packed();
        var cut = Arrays.copyOf(whole, whole.length - 20);
        List<Response> answers;
        try (var slow = SlowChunks.in(database)) {
            answers = Stream.of(whole, cut)
                    .map(content -> CompletableFuture.supplyAsync(() -> send(content), Thread::startVirtualThread))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(202);
                assertThat(answer.<String>path("state")).isEqualTo("receiving");
                assertThat(answer.<String>path("name")).isEqualTo("slow.jsonl.gz");
                assertThat(answer.header("Location")).endsWith(PATH + "/" + answer.path("id"));
            });
            assertThat(reading()).isEqualTo(2);
            slow.end();
        }
        var read = awaitEnd(answers.get(0));
        assertThat(read.get("state").asText()).isEqualTo("done");
        assertThat(read.at("/report/accepted").asLong()).isEqualTo(CALLS);
        var failed = awaitEnd(answers.get(1));
        assertThat(failed.get("state").asText()).isEqualTo("failed");
        assertThat(failed.get("failure").asText()).isEqualTo("file is packed, and broken or cut off");
        assertThat(failed.at("/report/accepted").asLong()).isZero();
        assertThat(chunksLeft()).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> reading() == 0);
    }

    private Response send(byte[] content) {
        return given().header("Authorization", "Bearer " + token)
                .multiPart("file", "slow.jsonl.gz", content)
                .multiPart("format", "jsonl")
                .post(PATH);
    }

    private JsonNode awaitEnd(Response sent) {
        String id = sent.path("id");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !api.get("/imports/" + id).get("ended_at").isNull());
        return api.get("/imports/" + id);
    }

    private double reading() {
        return metrics.get("centime.imports.reading").gauge().value();
    }

    private long chunksLeft() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(
                        "SELECT count(*) FROM ingest.import_chunk WHERE organization = ?")) {
            statement.setString(1, organization);
            var counted = statement.executeQuery();
            counted.next();
            return counted.getLong(1);
        }
    }

    private static byte[] packed() throws IOException {
        var calls = IntStream.range(0, CALLS).mapToObj("""
                        {"id":"slow-%d","timestamp":"2025-06-01T10:00:00Z","provider":"acme","model":"m","input_tokens":1}
                        """::formatted).collect(Collectors.joining());
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(calls.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
