package dev.centime.ingest.exports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.ingest.exports.ExportSettings;
import dev.centime.ingest.exports.store.TestStore.Fault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to a store that behaves well or badly, over the network. */
class UploadTest {
    private static final String KEY = "centime/calls.csv";
    private static final int PART = 64 << 10;

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TestStore server = TestStore.start();
    private final List<String> told = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART})
    void whatFitsIntoAPart_goesInOneRequest(int length) {
        var bytes = bytes(length);
        try (var upload = upload(KEY)) {
            upload.write(bytes);
            assertThat(upload.finish()).isEqualTo(length);
        }
        assertThat(server.object(KEY)).isEqualTo(bytes);
        assertThat(server.requests()).containsExactly("PUT ");
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {PART + 1, 2 * PART, 5 * PART + 7})
    void whatIsLarger_goesInParts_andIsThereWhenItIsWhole(int length) {
        var bytes = bytes(length);
        try (var upload = upload(KEY)) {
            write(bytes, upload);
            assertThat(server.objects()).isEmpty();
            assertThat(upload.finish()).isEqualTo(length);
        }
        assertThat(server.object(KEY)).isEqualTo(bytes);
        assertThat(server.unfinished()).isZero();
        assertThat(server.requests()).hasSize(2 + (length + PART - 1) / PART);
        assertThat(told).hasSize(2).element(1).isEqualTo(KEY + " null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b+c&d=e%f.csv", "Käse/日本/😀.csv", "x/..y/~'()*!.json", "a//b"})
    void namesMayHoldAnything(String key) {
        try (var upload = upload(key)) {
            upload.write(bytes(PART + 1));
            upload.finish();
        }
        assertThat(server.object(key)).hasSize(PART + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "CUTS_THE_CONNECTION", "OTHER_TIME"})
    void whatGoesWrongByChance_isSentAgain(Fault fault) {
        var bytes = bytes(3 * PART);
        try (var upload = upload(KEY)) {
            server.behaves(fault);
            write(bytes, upload);
            if (fault != Fault.OTHER_TIME) {
                server.behaves(fault, fault);
            }
            upload.finish();
        }
        assertThat(server.object(KEY)).isEqualTo(bytes);
        assertThat(meters.counter("centime.exports.store.requests", "result", "retried")
                        .count())
                .isPositive();
    }

    @Test
    void theStoresClockGoes() {
        server.behaves(Fault.OTHER_TIME);
        try (var upload = upload(KEY)) {
            upload.write(bytes(1));
            upload.finish();
        }
        assertThat(server.moments().getFirst()).isBefore(Instant.now().plusSeconds(60));
        assertThat(server.moments().getLast()).isAfter(Instant.now().plusSeconds(2 * 3600));
    }

    @Test
    void anEndThatFailsAfterItsStatus_isTriedAgain() {
        try (var upload = upload(KEY)) {
            write(bytes(PART + 1), upload);
            server.behaves(Fault.FAILS_AT_THE_END);
            upload.finish();
        }
        assertThat(server.object(KEY)).hasSize(PART + 1);
    }

    @Test
    void whoIsAlwaysBusy_isLeft_andNothingStays() {
        server.behaves(Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY, Fault.BUSY);
        var upload = upload(KEY);
        assertThatThrownBy(() -> write(bytes(PART + 1), upload))
                .isInstanceOf(StoreFailure.class)
                .hasMessage("the store answers 503 SlowDown: No");
        upload.close();
        assertThat(server.requests()).hasSize(6);
        assertThat(server.unfinished()).isZero();
    }

    @Test
    void nobodyIsFollowedElsewhere() {
        server.behaves(Fault.SENDS_ELSEWHERE);
        assertThatThrownBy(() -> write(bytes(PART + 1), upload(KEY)))
                .hasMessageStartingWith("the store answers 307 TemporaryRedirect: No; it lies elsewhere");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void aWrongSecret_isRefusedAtOnce_andSaidToNobody() {
        var stranger = stores(Map.of()).of(server.address(), new Credentials("test-key", "n0t-the-secret"));
        assertThatThrownBy(() -> stranger.upload(KEY, "text/csv", this::told).finish())
                .hasMessage("the store answers 403 SignatureDoesNotMatch: No")
                .satisfies(failure -> assertThat(failure.toString()).doesNotContain("n0t-the-secret"));
        assertThat(server.requests()).hasSize(1);
        assertThat(server.objects()).isEmpty();
    }

    @Test
    void aBucketThatIsNotThere_isSaid() {
        var address = server.address();
        var nowhere = new BucketAddress(address.endpoint(), address.region(), "nowhere", true);
        assertThatThrownBy(() -> stores(Map.of())
                        .of(nowhere, TestStore.CREDENTIALS)
                        .upload(KEY, "text/csv", this::told)
                        .finish())
                .hasMessageContaining("404 NoSuchBucket");
    }

    @Test
    void whatNobodyEnds_isRemoved_alsoByAnother_andTwice() {
        var upload = upload(KEY);
        write(bytes(2 * PART), upload);
        assertThat(server.unfinished()).isEqualTo(1);
        var id = told.getFirst().substring(KEY.length() + 1);

        store().abort(KEY, id);
        assertThat(server.unfinished()).isZero();
        // Whoever was away and comes back finds that it is over.
        assertThatThrownBy(upload::finish).hasMessageContaining("404 NoSuchUpload");
        upload.close();
        assertThat(server.objects()).isEmpty();
    }

    @Test
    void whatIsLargerThanAStoreTakes_fails_forGood() {
        var upload = new Upload(store(), KEY, "text/csv", this::told, PART, 3);
        assertThatThrownBy(() -> write(bytes(4 * PART + 1), upload))
                .isInstanceOfSatisfying(StoreFailure.class, failure -> assertThat(failure.isHopeless())
                        .isTrue())
                .hasMessageContaining("CENTIME_EXPORTS_PART_SIZE");
        upload.close();
        assertThat(server.unfinished()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1",
                "https://localhost",
                "https://10.0.0.1",
                "https://169.254.169.254",
                "https://[::1]",
                "https://[::ffff:127.0.0.1]",
                "https://192.168.1.1:9000"
            })
    void internalAddresses_areReachedByNobody(String endpoint) {
        var strict = stores(Map.of("centime.exports.allowed-networks", ""));
        var address = new BucketAddress(URI.create(endpoint), "us-east-1", "abc", true);
        assertThatThrownBy(() -> strict.of(address, TestStore.CREDENTIALS)
                        .upload(KEY, "text/csv", this::told)
                        .finish())
                .hasMessageEndingWith("leads to an internal address");
    }

    @Test
    void whatIsNotEncrypted_goesToTheOperatorsOwnNetworksAlone() {
        var address = new BucketAddress(URI.create("http://1.1.1.1"), "us-east-1", "abc", true);
        assertThatThrownBy(() -> stores(Map.of())
                        .of(address, TestStore.CREDENTIALS)
                        .upload(KEY, "text/csv", this::told)
                        .finish())
                .hasMessage("the endpoint must be https");
    }

    @Test
    void theBucketStandsInTheNameWhereItIsWanted() {
        var address = new BucketAddress(URI.create("https://s3.example.com:9000"), "r", "abc", false);
        assertThat(address.authority()).isEqualTo("abc.s3.example.com:9000");
        assertThat(address.path("k")).isEqualTo("/k");
        assertThat(new BucketAddress(URI.create("https://s3.example.com:443"), "r", "abc", true).authority())
                .isEqualTo("s3.example.com");
    }

    private void told(String key, @org.jspecify.annotations.Nullable String uploadId) {
        told.add(key + " " + uploadId);
    }

    private Upload upload(String key) {
        return store().upload(key, "text/csv;charset=utf-8", this::told);
    }

    private Store store() {
        return stores(Map.of()).of(server.address(), TestStore.CREDENTIALS);
    }

    private Stores stores(Map<String, String> more) {
        var values = new HashMap<>(Map.of(
                "centime.exports.allowed-networks", "127.0.0.0/8",
                "centime.exports.part-size", String.valueOf(PART),
                "centime.exports.store-pause", "10ms"));
        values.putAll(more);
        var builder =
                new SmallRyeConfigBuilder().withMapping(ExportSettings.class).addDiscoveredConverters();
        values.forEach(builder::withDefaultValue);
        var settings = builder.build().getConfigMapping(ExportSettings.class);
        return new Stores(
                new StoreNetworks(settings), new StoreConnection(vertx, settings), settings, Clock.systemUTC(), meters);
    }

    /** In pieces that end where no part does. */
    private static void write(byte[] bytes, Upload upload) {
        var in = new java.io.ByteArrayInputStream(bytes);
        var piece = new byte[10_007];
        for (int read = in.read(piece, 0, piece.length); read > 0; read = in.read(piece, 0, piece.length)) {
            var out = new ByteArrayOutputStream();
            out.write(piece, 0, read);
            upload.write(out.toByteArray());
        }
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
