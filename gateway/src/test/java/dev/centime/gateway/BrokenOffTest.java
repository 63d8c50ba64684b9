package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Answers that do not come to their end: readers who are slow, stand still or leave, and services that break off. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class BrokenOffTest {
    private static final long PIECE = 64 << 10;
    private static final long MUCH = 64L << 20;

    /** What connections and the gateway may hold between a service and its reader. */
    private static final long UNDER_WAY = 32L << 20;

    /** More than the gateway has connections to a service. */
    private static final int MANY = 80;

    @TestHTTPResource("/")
    URI gateway;

    @Inject
    MeterRegistry metrics;

    Backends backends;

    @Test
    void aServiceGoesNoFasterThanItsReader_andEndsWhenHeLeaves() throws IOException {
        var uri = "/api/v1/costs/export?mood=endless&reader=slow";
        var left = brokenOff("ingest", "caller");
        try (var reader = asks(uri)) {
            for (long read = 0; read < MUCH; read += PIECE) {
                reader.getInputStream().skipNBytes(PIECE);
                assertThat(backends.taken(uri).get() - read).isLessThan(UNDER_WAY);
            }
            assertThat(backends.abandoned).doesNotContain(uri);
        }
        until(() -> backends.abandoned.contains(uri));
        until(() -> brokenOff("ingest", "caller") >= left + 1);
    }

    @Test
    void whoReadsNothing_holdsTheServiceStill_andIsLeftInTheEnd() throws IOException {
        var uri = "/api/v1/costs/export?mood=endless&reader=none";
        var left = brokenOff("ingest", "caller");
        try (var reader = asks(uri)) {
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            until(() -> backends.abandoned.contains(uri));
            assertThat(backends.taken(uri).get()).isLessThan(UNDER_WAY);
            until(() -> brokenOff("ingest", "caller") >= left + 1);
        }
    }

    @Test
    void readersWhoLeave_keepNoConnection() throws IOException {
        var left = brokenOff("forecast", "caller");
        for (var i = 0; i < MANY; i++) {
            var uri = "/api/v1/costs/forecasts?mood=endless&reader=" + i;
            try (var reader = asks(uri)) {
                reader.getInputStream().skipNBytes(PIECE);
            }
        }
        until(() -> brokenOff("forecast", "caller") >= left + MANY);
        until(() -> backends.abandoned.contains("/api/v1/costs/forecasts?mood=endless&reader=" + (MANY - 1)));
        admin().get("/api/v1/costs/forecasts").then().statusCode(200);
    }

    @Test
    void endsTheRequestBehind_whenTheCallerLeavesBeforeAnyAnswer_andBlamesNoService() throws IOException {
        var uri = "/api/v1/budgets?mood=slow";
        var left = brokenOff("budget", "caller");
        var unavailable = counted("centime.gateway.unavailable", "service", "budget");
        try (var caller = asks(uri)) {
            until(() -> backends.slow.contains(uri));
        }
        until(() -> backends.abandoned.contains(uri));
        until(() -> brokenOff("budget", "caller") >= left + 1);
        assertThat(counted("centime.gateway.unavailable", "service", "budget")).isEqualTo(unavailable);
    }

    @Test
    void breaksOff_whenTheServiceBreaksOff_soThatHalfAnAnswerIsNotTakenForAWhole() throws IOException {
        var broke = brokenOff("ingest", "service");
        try (var reader = asks("/api/v1/costs/summary?mood=broken")) {
            var answer = new String(reader.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("transfer-encoding: chunked")
                    // The last of all chunks would be an empty one.
                    .endsWith(Backends.HALF + "\r\n");
        }
        until(() -> brokenOff("ingest", "service") >= broke + 1);
    }

    private Socket asks(String uri) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 << 10);
        socket.setSoTimeout(60_000);
        socket.connect(new InetSocketAddress(gateway.getHost(), gateway.getPort()));
        var request = "GET " + uri + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + GatewayInstance.ADMIN_KEY;
        socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void until(Callable<Boolean> holds) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(holds);
    }

    private double brokenOff(String service, String by) {
        return counted("centime.gateway.broken.off", "service", service, "by", by);
    }

    /** Nothing before the first. */
    private double counted(String counter, String... tags) {
        var found = metrics.find(counter).tags(tags).counter();
        return found == null ? 0 : found.count();
    }
}
