package dev.centime.ingest.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.database.TestPostgres;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.search.Search;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers that are slow, and readers that go away. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ExportPressureTest {
    private static final int CALLS = 30_000;
    private static final String OWN_PATH = "/costs/export?format=json&start_date=2025-01-01&end_date=2025-12-31";
    private static final String PATH = "/api/v1" + OWN_PATH;

    TestPostgres.Database database;

    @Inject
    TestOrganizations organizations;

    @Inject
    MeterRegistry metrics;

    @TestHTTPResource("/")
    URI address;

    @Test
    void anAnswerWithoutABody_keepsNobodyOut() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        for (int i = 0; i < 10; i++) {
            assertThat(api.head(OWN_PATH).statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60)).until(() -> running() == 0);
        }
        assertThat(api.response(OWN_PATH).statusCode()).isEqualTo(200);
    }

    @Test
    void whoReadsNothing_holdsTheExportStill_andWhoLeaves_endsIt() throws IOException {
        var organization = organizations.create("UTC");
        var another = organizations.create("UTC");
        var api = new Api(TestTokens.orgAdminToken(organization));
        record(api);
        record(new Api(TestTokens.orgAdminToken(another)));
        var third = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        var readers = new ArrayList<Socket>();
        var rows = rows();
        var aborted = ended("aborted");
        try {
            readers.add(reader(organization));
            readers.add(reader(organization));
            await().atMost(Duration.ofSeconds(60)).until(() -> running() == 2);
            api.response(OWN_PATH).then().statusCode(503).header("Retry-After", "5");
            third.response(OWN_PATH).then().statusCode(200);
            readers.add(reader(another));
            readers.add(reader(another));
            await().atMost(Duration.ofSeconds(60)).until(() -> running() == 4);
            third.response(OWN_PATH).then().statusCode(503).header("Retry-After", "5");
            // Each is stuck once the connection has taken what it will, which is far less than there is.
            var still = await().atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(new Still(this::rows)::next, value -> value);
            assertThat(still).isTrue();
            assertThat(rows() - rows).isLessThan(4.0 * CALLS);
        } finally {
            for (var reader : readers) {
                reader.close();
            }
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> ended("aborted") == aborted + 4);
        await().atMost(Duration.ofSeconds(60)).until(() -> running() == 0);
        // Whoever left in the middle of a page: it was read to its end, and its connection is back with the others.
        await().atMost(Duration.ofSeconds(60)).until(() -> atWork() == 0);
        assertThat(rows() - rows).isLessThan(4.0 * CALLS);
        assertThat(Api.json(api.response(OWN_PATH).asString())).hasSize(CALLS);
    }

    /** Whether a figure was the same the last two times. */
    private static final class Still {
        private final java.util.function.DoubleSupplier figure;
        private double last = -1;

        Still(java.util.function.DoubleSupplier figure) {
            this.figure = figure;
        }

        boolean next() {
            var now = figure.getAsDouble();
            var still = now == last;
            last = now;
            return still;
        }
    }

    private static void record(Api api) {
        for (int batch = 0; batch < CALLS; batch += 10_000) {
            var first = batch;
            api.record(IntStream.range(0, 10_000)
                    .mapToObj(i -> """
                            {"id":"c%d","timestamp":"2025-03-01T%02d:%02d:%02dZ","provider":"acme","model":"m","reported_cost":"0.1"}\
                            """.formatted(first + i, first / 10_000, i / 60 % 60, i % 60))
                    .collect(Collectors.joining(",", "[", "]")));
        }
    }

    private Socket reader(String organization) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(16 * 1024);
        socket.connect(new java.net.InetSocketAddress(address.getHost(), address.getPort()));
        socket.getOutputStream()
                .write(("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                + TestTokens.orgAdminToken(organization) + "\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    /** Connections of the service's callers that are not idle, or still in a transaction. */
    private long atWork() throws SQLException {
        try (var connection = database.connect();
                var query = connection.createStatement();
                var rows = query.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND usename = 'centime_ingest' AND state <> 'idle'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private double rows() {
        return counted(metrics.find("centime.exports.rows").tags("layout", "calls", "format", "json"));
    }

    private double ended(String result) {
        return counted(metrics.find("centime.exports").tags("result", result));
    }

    /** Nothing before the first export of all. */
    private static double counted(Search search) {
        var counter = search.counter();
        return counter == null ? 0 : counter.count();
    }

    private double running() {
        var gauge = metrics.find("centime.exports.running").gauge();
        return gauge == null ? 0 : gauge.value();
    }
}
