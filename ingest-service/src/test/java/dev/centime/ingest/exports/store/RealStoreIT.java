package dev.centime.ingest.exports.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.ingest.exports.ExportSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exports go to a store that others wrote, which knows nothing of the tests' own. */
class RealStoreIT {
    /** The least that the protocol takes of every part but the last. */
    private static final int PART = 5 << 20;

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static S3ProxyProcess server;
    private static Stores stores;

    private final List<String> told = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        vertx = Vertx.vertx();
        server = S3ProxyProcess.start(directory);
        var builder =
                new SmallRyeConfigBuilder().withMapping(ExportSettings.class).addDiscoveredConverters();
        Map.of("centime.exports.allowed-networks", "127.0.0.0/8", "centime.exports.part-size", String.valueOf(PART))
                .forEach(builder::withDefaultValue);
        var settings = builder.build().getConfigMapping(ExportSettings.class);
        stores = new Stores(
                new StoreNetworks(settings),
                new StoreConnection(vertx, settings),
                settings,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    @AfterAll
    static void end() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"centime/calls.csv", "a b+c&d=e%f.csv", "Käse/日本/😀.csv", "x/~'()*!.json"})
    void whatFitsIntoAPart_isStored_underAnyName(String key) throws IOException {
        var bytes = bytes(1_000);
        try (var upload = upload(key)) {
            upload.write(bytes);
            assertThat(upload.finish()).isEqualTo(bytes.length);
        }
        assertThat(server.object(key)).isEqualTo(bytes);
        store().done(call("DELETE", key, ""));
        assertThat(server.files()).isEmpty();
    }

    @Test
    void whatIsLarger_isStoredFromItsParts() throws IOException {
        var bytes = bytes(2 * PART + 12_345);
        try (var upload = upload("large.csv")) {
            upload.write(bytes);
            assertThat(uploads()).contains("<Key>large.csv</Key>");
            assertThat(upload.finish()).isEqualTo(bytes.length);
        }
        assertThat(server.object("large.csv")).isEqualTo(bytes);
        assertThat(uploads()).doesNotContain("<Upload>");
        assertThat(told).hasSize(2).element(1).isEqualTo("large.csv null");
        store().done(call("DELETE", "large.csv", ""));
        assertThat(server.files()).isEmpty();
    }

    @Test
    void whatNobodyEnds_isRemoved_andTwice() throws IOException {
        var upload = upload("left.csv");
        upload.write(bytes(2 * PART + 1));
        var id = told.getFirst().substring("left.csv ".length());

        store().abort("left.csv", id);

        assertThat(uploads()).doesNotContain("<Upload>");
        assertThat(server.files()).isEmpty();
        // Whoever was away and removes it himself finds that it is over.
        upload.close();
        assertThat(told).last().isEqualTo("left.csv null");
    }

    @Test
    void aWrongSecret_isRefused_andTold() throws IOException {
        var stranger = stores.of(
                server.address(), new Credentials(S3ProxyProcess.CREDENTIALS.accessKeyId(), "another-secret"));

        assertThatThrownBy(() -> stranger.upload("k", "text/csv", this::told).finish())
                .isInstanceOf(StoreFailure.class)
                .hasMessageStartingWith("the store answers 403 SignatureDoesNotMatch");
        assertThat(server.files()).isEmpty();
    }

    private void told(String key, @Nullable String uploadId) {
        told.add(key + " " + uploadId);
    }

    private Upload upload(String key) {
        return store().upload(key, "text/csv;charset=utf-8", this::told);
    }

    /** What the store says of uploads that nobody has ended. */
    private static String uploads() {
        return store().done(call("GET", "", "uploads=")).body();
    }

    private static Store store() {
        return stores.of(server.address(), S3ProxyProcess.CREDENTIALS);
    }

    private static StoreCall call(String method, String key, String query) {
        return new StoreCall(method, key, query, Map.of(), new byte[0], 0);
    }

    private static byte[] bytes(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
