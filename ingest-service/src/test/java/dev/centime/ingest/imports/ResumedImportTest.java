package dev.centime.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.ImportProgressed.State;
import dev.centime.database.TestPostgres;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.file.UnpackingBounds;
import dev.centime.ingest.accept.file.UploadedFile;
import dev.centime.ingest.imports.ImportLeases.Taken;
import dev.centime.ingest.imports.ImportReceipts.Read;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What an owner that died leaves: a lease that runs out, and perhaps a chunk that is recorded and still there. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ResumedImportTest {
    private static final byte[] DIGEST = new byte[32];
    private static final UnpackingBounds BOUNDS = new UnpackingBounds(10, 1 << 20, 100);

    @Inject
    TestOrganizations organizations;

    @Inject
    ImportRows rows;

    @Inject
    ImportReceipts receipts;

    @Inject
    ImportChunks chunks;

    @Inject
    ImportLeases leases;

    @Inject
    RecordChunk recording;

    @Inject
    MeterRegistry metrics;

    TestPostgres.Database database;

    private Api api;
    private ImportKey key;

    @BeforeEach
    void anImportThatSomebodyTook() {
        anotherImport(organizations.create("UTC"));
    }

    private void anotherImport(String organization) {
        api = new Api(TestTokens.orgAdminToken(organization));
        key = get(rows.key(organization, UUID.randomUUID().toString()));
    }

    @Test
    void aChunkThatWasRecordedBeforeTheCrash_isCountedAsAccepted_once() throws IOException, SQLException {
        var taken = received();
        // Three chunks: one done with, one recorded whose progress was lost, one untouched.
        var first = get(chunks.first(key)).orElseThrow();
        var done = get(recording.record(taken, first, false));
        assertThat(get(leases.progress(taken, first.number(), first.records(), done.report())))
                .isTrue();
        get(recording.record(taken, get(chunks.first(key)).orElseThrow(), false));

        // The lease runs out, and the service takes over.
        leaseEnds();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(rows.find(key)).orElseThrow().state() == State.DONE);

        var ended = get(rows.find(key)).orElseThrow();
        assertThat(ended.recordsDone()).isEqualTo(10);
        assertThat(ended.report().accepted()).isEqualTo(9);
        assertThat(ended.report().duplicates()).isEqualTo(1);
        assertThat(get(chunks.first(key))).isEmpty();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-01")
                                .get("requests")
                                .asLong())
                .isEqualTo(9));
        // Whoever slept through it writes nothing any more.
        assertThat(get(leases.progress(taken, 1, 99, ImportReport.NOTHING))).isFalse();
        assertThat(get(leases.end(taken, "too late"))).isFalse();
        assertThat(get(rows.find(key)).orElseThrow().failure()).isNull();
    }

    @Test
    void aCorrectionThatWasMadeBeforeTheCrash_isCountedAsCorrected_asIfThereHadBeenNone() throws IOException {
        var first = chunked(claude(1, 7));
        assertThat(get(recording.record(first, chunk(), false)).report().accepted())
                .isEqualTo(2);
        anotherImport(first.key().organization());
        var later = chunked(claude(400, 7));
        var chunk = chunk();

        var told = get(recording.record(later, chunk, false)).report();
        // Whoever recorded it died before he could say so.
        var again = get(recording.record(later, chunk, true)).report();

        assertThat(told.corrected()).isEqualTo(1);
        assertThat(told.duplicates()).isEqualTo(1);
        assertThat(again).isEqualTo(told);
    }

    @Test
    void aFileWhoseReaderIsGone_endsWithThatReason_andMayBeSentAgain() throws Exception {
        var receipt = begun();
        takenOver(receipt);
        leaseEnds();

        // A service that began just now looks for as long as a lease before it believes what it sees; anew when a look
        // fails.
        await().atMost(Duration.ofMinutes(4))
                .until(() -> get(rows.find(key)).orElseThrow().state() == State.FAILED);

        assertThat(get(rows.find(key)).orElseThrow().failure()).contains("send it again");
        assertThat(begun().epoch()).isGreaterThan(receipt.epoch());
        assertThat(get(rows.find(key)).orElseThrow().state()).isEqualTo(State.RECEIVING);
        // The reader was asleep: what it says now is not about this one.
        assertThat(get(receipts.stillComing(receipt))).isFalse();
        assertThat(get(receipts.fail(receipt, "too late"))).isFalse();
        assertThat(get(receipts.forget(receipt))).isFalse();
    }

    /** The last, since nobody is taken for gone for a while after it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aReaderWhoCouldNotSaySo_becauseTheDatabaseWasAway_isNotTakenForGone() throws Exception {
        var receipt = begun();
        takenOver(receipt);
        try (var away = ImportsAway.in(database)) {
            var failed = failedLooks();
            await().atMost(Duration.ofSeconds(60)).until(() -> failedLooks() > failed);
            away.allLeasesEnd();
        }

        // What is due is found by the look that would end it too; the second is found by a later look.
        awaitOneThatIsDue();
        awaitOneThatIsDue();

        assertThat(get(rows.find(receipt.key())).orElseThrow().state()).isEqualTo(State.RECEIVING);
        assertThat(get(receipts.stillComing(receipt))).isTrue();
        assertThat(get(receipts.forget(receipt))).isTrue();
    }

    @Test
    void whatWasReadWhole_staysRead_whenThatIsSaidAgain() {
        var receipt = begun();
        takenOver(receipt);

        assertThat(get(receipts.read(receipt, nothing(DIGEST)))).isTrue();
        // As when the answer to the first was lost, before and after somebody ran it.
        assertThat(get(receipts.read(receipt, nothing(DIGEST)))).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(rows.find(key)).orElseThrow().state() == State.DONE);
        assertThat(get(receipts.read(receipt, nothing(DIGEST)))).isTrue();
        assertThat(get(receipts.read(receipt, nothing(new byte[] {1})))).isFalse();
    }

    @Test
    void whatWasCancelledWhileItWasRead_isNotRead() {
        var receipt = begun();
        takenOver(receipt);
        assertThat(get(rows.cancel(key))).isTrue();

        assertThat(get(receipts.read(receipt, nothing(DIGEST)))).isFalse();
    }

    @Test
    void whetherAFileIsTheSame_isKnownAsSoonAsItIsHere() {
        var receipt = begun();
        assertThat(get(rows.isOf(key, DIGEST))).isEmpty();

        takenOver(receipt);

        assertThat(get(rows.isOf(key, DIGEST))).contains(true);
        assertThat(get(rows.isOf(key, new byte[] {1}))).contains(false);
        assertThat(get(receipts.forget(receipt))).isTrue();
    }

    @Test
    void anImportThatIsCancelledWhileItsFileIsRead_isReadNoFurther() {
        var receipt = begun();
        assertThat(get(rows.cancel(key))).isTrue();

        assertThatThrownBy(() -> spooled(receipt, "calls.jsonl", tenCalls(), 4)).isInstanceOf(LostImport.class);

        assertThat(get(chunks.first(key))).isEmpty();
        assertThat(get(rows.find(key)).orElseThrow().state()).isEqualTo(State.CANCELLED);
    }

    private void leaseEnds() throws SQLException {
        try (var connection = database.connect();
                var silent = connection.prepareStatement(
                        "UPDATE ingest.import SET lease_until = clock_timestamp() WHERE id = ?")) {
            silent.setString(1, key.id());
            silent.execute();
        }
    }

    private Receipt begun() {
        return get(receipts.begin(key, "key-1", Instant.now())).orElseThrow();
    }

    private void takenOver(Receipt receipt) {
        assertThat(get(receipts.takenOver(receipt, "calls.jsonl", ImportForm.of(Map.of()), 7, DIGEST)))
                .isTrue();
    }

    private static Read nothing(byte[] digest) {
        return new Read("jsonl", digest, 0, ImportReport.NOTHING, List.of());
    }

    private void awaitOneThatIsDue() {
        anotherImport(organizations.create("UTC"));
        assertThat(get(receipts.read(begun(), nothing(DIGEST)))).isTrue();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get(rows.find(key)).orElseThrow().state() == State.DONE);
    }

    private double failedLooks() {
        return metrics.get("centime.imports.looks.failed").counter().count();
    }

    private ImportChunks.Chunk chunk() {
        return get(chunks.first(key)).orElseThrow();
    }

    /** Ten records, the last with the id of the first. */
    private String tenCalls() {
        var content = new StringBuilder();
        for (int index = 0; index < 10; index++) {
            content.append("{\"id\":\"")
                    .append(key.id())
                    .append(index % 9)
                    .append(
                            "\",\"timestamp\":\"2025-06-01T10:00:00Z\",\"provider\":\"acme\",\"model\":\"m\",\"input_tokens\":1}\n");
        }
        return content.toString();
    }

    /** A call for each number of tokens put out. */
    private static String claude(long... outputs) {
        var content = new StringBuilder();
        for (int index = 0; index < outputs.length; index++) {
            content.append("""
                    {"type":"assistant","timestamp":"2025-06-01T10:00:00Z","sessionId":"s","requestId":"r%d","message":{"id":"m%d",\
                    "model":"claude-sonnet-4-20250514","usage":{"input_tokens":1000,"output_tokens":%d}}}
                    """.formatted(index, index, outputs[index]));
        }
        return content.toString();
    }

    /** An import of ten calls that was received, taken under a lease that nobody keeps. */
    private Taken received() throws IOException {
        var receipt = begun();
        var file = spooled(receipt, "calls.jsonl", tenCalls(), 4);
        get(receipts.read(receipt, new Read(file.format(), DIGEST, file.records(), file.report(), file.budgets())));
        var taken = get(leases.take(key));
        if (taken.isEmpty()) {
            // The service's own runner was faster: another one, then.
            anImportThatSomebodyTook();
            return received();
        }
        return taken.get();
    }

    private ReadFile spooled(Receipt receipt, String name, String content, int chunkRecords) throws IOException {
        var file = new ReadFile(receipt, chunks, chunkRecords);
        UploadedFile.read(
                name,
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)),
                null,
                Map.of(),
                BOUNDS,
                Instant.now(),
                file);
        file.flush();
        return file;
    }

    /** Everything of a file is in one chunk, which nobody else records. */
    private Taken chunked(String content) throws IOException {
        spooled(begun(), "s.jsonl", content, 1000);
        return new Taken(key, get(rows.find(key)).orElseThrow(), List.of(), 1, false);
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(60));
    }
}
