package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Answers that do not come to their end: readers who are slow, stand still or leave, and services that break off. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class BrokenOffTest {
    private static final long PIECE = 64 << 10;
    private static final long MUCH = 192L << 20;

    /** What connections and the gateway may hold between a service and its reader; systems let a connection hold 32 MB at each end. */
    private static final long UNDER_WAY = 96L << 20;

    private static final String RECOMMENDATIONS = "/api/v1/recommendations/summary";

    /** More than the gateway has connections to a service. */
    private static final int MANY = 80;

    /** As many as it has. */
    private static final int CONNECTIONS = 64;

    @TestHTTPResource("/")
    URI gateway;

    @Inject
    MeterRegistry metrics;

    @Inject
    Vertx vertx;

    Backends backends;

    @Test
    void aServiceGoesNoFasterThanItsReader_andEndsWhenHeLeaves() throws IOException {
        var uri = "/api/v1/costs/export?mood=endless&reader=slow";
        var before = brokenOff("ingest");
        try (var reader = asks(uri)) {
            for (long read = 0; read < MUCH; read += PIECE) {
                reader.getInputStream().skipNBytes(PIECE);
                assertThat(backends.taken(uri).get() - read).isLessThan(UNDER_WAY);
            }
            assertThat(backends.abandoned).doesNotContain(uri);
        }
        until(() -> backends.abandoned.contains(uri));
        untilBrokenOff("ingest", before.and(1, 0));
    }

    @Test
    void whoReadsNothing_holdsTheServiceStill_andIsLeftInTheEnd() throws IOException {
        var uri = "/api/v1/costs/export?mood=endless&reader=none";
        var before = brokenOff("ingest");
        try (var reader = asks(uri)) {
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            until(() -> backends.abandoned.contains(uri));
            assertThat(backends.taken(uri).get()).isLessThan(UNDER_WAY);
            untilBrokenOff("ingest", before.and(1, 0));
        }
        // What he had not taken can no longer be written now, which is no leaving of its own.
        untilBrokenOff("ingest", before.and(1, 0));
    }

    @Test
    void readersWhoLeave_keepNoConnection() throws IOException {
        var before = brokenOff("forecast");
        for (var i = 0; i < MANY; i++) {
            var uri = "/api/v1/costs/forecasts?mood=endless&reader=" + i;
            try (var reader = asks(uri)) {
                reader.getInputStream().skipNBytes(PIECE);
            }
        }
        untilBrokenOff("forecast", before.and(MANY, 0));
        until(() -> backends.abandoned.contains("/api/v1/costs/forecasts?mood=endless&reader=" + (MANY - 1)));
        admin().get("/api/v1/costs/forecasts").then().statusCode(200);
    }

    @Test
    void endsTheRequestBehind_whenTheCallerLeavesBeforeAnyAnswer_andBlamesNoService() throws IOException {
        var uri = "/api/v1/budgets?mood=slow";
        var before = brokenOff("budget");
        var unavailable = unavailable("budget");
        try (var caller = asks(uri)) {
            until(() -> backends.slow.contains(uri));
        }
        until(() -> backends.abandoned.contains(uri));
        untilBrokenOff("budget", before.and(1, 0));
        assertThat(unavailable("budget")).isEqualTo(unavailable);
    }

    @Test
    void asksForNobody_whoLeftWhileHeWaitedForAConnection() throws IOException {
        var late = "/api/v1/budgets?mood=slow&reader=late";
        var before = brokenOff("budget");
        var others = new ArrayList<Socket>();
        try {
            for (var i = 0; i < CONNECTIONS; i++) {
                others.add(asks("/api/v1/budgets?mood=held&reader=" + i));
            }
            until(() -> backends.held.size() == CONNECTIONS);
            asks(late).close();
            untilBrokenOff("budget", before.and(1, 0));
            backends.held.remove().complete();
            // Its connection is the only one: who comes after the one who left has it after him.
            admin().get("/api/v1/budgets").then().statusCode(200);
            assertThat(backends.slow).doesNotContain(late);
            untilBrokenOff("budget", before.and(1, 0));
        } finally {
            backends.held.forEach(Promise::tryComplete);
            backends.held.clear();
            for (var other : others) {
                other.close();
            }
        }
    }

    @Test
    void countsAServiceThatAcceptsNobody_alsoForWhoDidNotWaitForIt() throws IOException {
        var before = brokenOff("recommendation");
        down();
        try {
            var unavailable = unavailable("recommendation");
            try (var deaf = backends.deaf("recommendation")) {
                asks(RECOMMENDATIONS).close();
                untilBrokenOff("recommendation", before.and(1, 0));
                assertThat(unavailable("recommendation")).isEqualTo(unavailable);
            }
            until(() -> unavailable("recommendation") == unavailable + 1);
            untilBrokenOff("recommendation", before.and(1, 0));
        } finally {
            backends.up("recommendation");
        }
    }

    @Test
    void countsADeadService_alsoForWhoLeavesAtOnce() throws IOException {
        down();
        try {
            var unavailable = unavailable("recommendation");
            for (var i = 0; i < MANY; i++) {
                asks(RECOMMENDATIONS).close();
            }
            until(() -> unavailable("recommendation") == unavailable + MANY);
        } finally {
            backends.up("recommendation");
        }
    }

    /** And no connection to it is left from before. */
    private void down() {
        backends.down("recommendation");
        admin().get(RECOMMENDATIONS).then().statusCode(503);
    }

    @Test
    void breaksOff_whenTheServiceBreaksOff_soThatHalfAnAnswerIsNotTakenForAWhole() throws IOException {
        var before = brokenOff("ingest");
        try (var reader = asks("/api/v1/costs/summary?mood=broken")) {
            var answer = new String(reader.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("transfer-encoding: chunked")
                    // The last of all chunks would be an empty one.
                    .endsWith(Backends.HALF + "\r\n");
        }
        untilBrokenOff("ingest", before.and(0, 1));
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

    /** Exactly so often, also when everything is done that was to be done. */
    private void untilBrokenOff(String service, BrokenOff expected) {
        until(() -> brokenOff(service).total() >= expected.total());
        EventLoops.awaitRest(vertx);
        assertThat(brokenOff(service)).isEqualTo(expected);
    }

    private record BrokenOff(double byCaller, double byService) {
        BrokenOff and(int callers, int services) {
            return new BrokenOff(byCaller + callers, byService + services);
        }

        double total() {
            return byCaller + byService;
        }
    }

    private BrokenOff brokenOff(String service) {
        return new BrokenOff(
                counted("centime.gateway.broken.off", "service", service, "by", "caller"),
                counted("centime.gateway.broken.off", "service", service, "by", "service"));
    }

    private double unavailable(String service) {
        return counted("centime.gateway.unavailable", "service", service);
    }

    /** Nothing before the first. */
    private double counted(String counter, String... tags) {
        var found = metrics.find(counter).tags(tags).counter();
        return found == null ? 0 : found.count();
    }
}
