package dev.centime.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.ImportProgressed.State;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.file.UnpackingBounds;
import dev.centime.ingest.accept.file.UploadedFile;
import dev.centime.ingest.imports.ImportLeases.Taken;
import dev.centime.ingest.imports.ImportRows.Received;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner that died leaves: a lease that runs out, and perhaps a chunk that is recorded and still there. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ResumedImportTest {
    private static final UnpackingBounds BOUNDS = new UnpackingBounds(10, 1 << 20, 100);

    @Inject
    TestOrganizations organizations;

    @Inject
    ImportRows rows;

    @Inject
    ImportChunks chunks;

    @Inject
    ImportLeases leases;

    @Inject
    RecordChunk recording;

    private Api api;
    private ImportKey key;

    @BeforeEach
    void anImportThatSomebodyTook() {
        var organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
        key = get(rows.key(organization, UUID.randomUUID().toString()));
    }

    @Test
    void aChunkThatWasRecordedBeforeTheCrash_isCountedAsAccepted_once() throws IOException {
        var taken = received(10, 4);
        // Three chunks: one done with, one recorded whose progress was lost, one untouched.
        var first = get(chunks.first(key)).orElseThrow();
        var done = get(recording.record(taken, first, false));
        assertThat(get(leases.progress(taken, first.number(), first.records(), done.report())))
                .isTrue();
        get(recording.record(taken, get(chunks.first(key)).orElseThrow(), false));

        // The lease of the test's own life runs out, and the service takes over.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(rows.find(key)).orElseThrow().state() == State.DONE);

        var ended = get(rows.find(key)).orElseThrow();
        assertThat(ended.recordsDone()).isEqualTo(10);
        assertThat(ended.report().accepted()).isEqualTo(9);
        assertThat(ended.report().duplicates()).isEqualTo(1);
        assertThat(get(chunks.first(key))).isEmpty();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-01")
                                .get("requests")
                                .asLong())
                .isEqualTo(9));
        // Whoever slept through it writes nothing any more.
        assertThat(get(leases.progress(taken, 1, 99, ImportReport.NOTHING))).isFalse();
        assertThat(get(leases.end(taken, "too late"))).isFalse();
        assertThat(get(rows.find(key)).orElseThrow().failure()).isNull();
    }

    /** Ten records, the last with the id of the first; taken under a lease that nobody keeps. */
    private Taken received(int records, int chunkRecords) throws IOException {
        get(rows.begin(key, "key-1", Instant.now()));
        var file = new ReadFile(key, chunks, chunkRecords);
        var content = new StringBuilder();
        for (int index = 0; index < records; index++) {
            content.append("{\"id\":\"")
                    .append(key.id())
                    .append(index % (records - 1))
                    .append(
                            "\",\"timestamp\":\"2025-06-01T10:00:00Z\",\"provider\":\"acme\",\"model\":\"m\",\"input_tokens\":1}\n");
        }
        UploadedFile.read(
                "calls.jsonl",
                new ByteArrayInputStream(content.toString().getBytes(StandardCharsets.UTF_8)),
                null,
                Map.of(),
                BOUNDS,
                Instant.now(),
                file);
        file.flush();
        var received = new Received(
                "calls.jsonl", "jsonl", false, 1, new byte[32], file.records(), file.report(), file.budgets());
        get(rows.received(key, received));
        var taken = get(leases.take(key));
        if (taken.isEmpty()) {
            // The service's own runner was faster: another one, then.
            anImportThatSomebodyTook();
            return received(records, chunkRecords);
        }
        return taken.get();
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(10));
    }
}
