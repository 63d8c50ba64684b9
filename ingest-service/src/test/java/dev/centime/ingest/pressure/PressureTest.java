package dev.centime.ingest.pressure;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import dev.centime.database.TestPostgres;
import dev.centime.eventstore.projection.ViewLags;
import dev.centime.ingest.NarrowBounds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service's own projections, slowed or stopped in the database: slower than {@link NarrowBounds} allow, and not standing still. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@TestProfile(NarrowBounds.class)
class PressureTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    TestPostgres.Database database;

    @Inject
    TestOrganizations organizations;

    @Inject
    Pressure pressure;

    @Inject
    Pool pool;

    @Inject
    MeterRegistry metrics;

    private String organization;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
    }

    @AfterEach
    void asFastAsEver() throws SQLException {
        execute("DROP TRIGGER IF EXISTS slow ON ingest.usage_detail");
        await().atMost(SOON).until(() -> record().statusCode() == 200);
    }

    @Test
    void refuses_whileAViewIsSlow_andTakesAgainWhenItHasCaughtUp() throws SQLException {
        execute("CREATE OR REPLACE FUNCTION public.slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(3.5); RETURN NULL; END'");
        execute("CREATE TRIGGER slow AFTER INSERT ON ingest.usage_detail EXECUTE FUNCTION public.slow()");
        var refused = new AtomicReference<Response>();

        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
            var answer = record();
            refused.set(answer);
            return answer.statusCode() != 200;
        });

        refused.get()
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", matchesPattern("[1-9]|10"))
                .body("type", equalTo("urn:centime:problem:unavailable"));
        assertThat(metrics.counter("centime.usage.refused").count()).isPositive();
        execute("DROP TRIGGER slow ON ingest.usage_detail");
        pressure.eased(organization).await().atMost(SOON);
        record().then().statusCode(200);
    }

    @Test
    void takesAllTheTime_whileAViewStandsStill() throws SQLException {
        record().then().statusCode(200);
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("LOCK TABLE ingest.usage_detail IN ACCESS EXCLUSIVE MODE");

            await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
                record().then().statusCode(200);
                return lateSeconds() > 2 * NarrowBounds.LATE_SECONDS
                        && metrics.get("centime.usage.views.still").gauge().value() > 0;
            });

            connection.rollback();
        }
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> {
            record().then().statusCode(200);
            return lateSeconds() < NarrowBounds.LATE_SECONDS;
        });
    }

    private double lateSeconds() {
        return ViewLags.on(pool).behind().await().atMost(SOON).stream()
                .mapToDouble(lag -> lag.seconds())
                .max()
                .orElse(0);
    }

    private Response record() {
        return given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .contentType("application/json")
                .body("{\"model\": \"gpt-4.1\", \"input_tokens\": 10}")
                .post("/api/v1/usage");
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
