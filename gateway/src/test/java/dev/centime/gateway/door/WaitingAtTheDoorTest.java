package dev.centime.gateway.door;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.database.TestPostgres;
import dev.centime.gateway.GatewayInstance;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** While the log cannot be looked at, nobody knows whose key was revoked elsewhere. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class WaitingAtTheDoorTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    MeterRegistry metrics;

    TestPostgres.Database database;

    @Test
    void whoComesWhileTheLogStandsStill_waitsUntilItGoesOn() throws Exception {
        var own = whileTheLogStandsStill(() -> given().header("Authorization", "Bearer " + GatewayInstance.ADMIN_KEY)
                .get("/api/v1/me"));
        assertThat(own.statusCode()).isEqualTo(200);
        var passedOn =
                whileTheLogStandsStill(() -> given().header("Authorization", "Bearer " + GatewayInstance.ADMIN_KEY)
                        .get("/api/v1/budgets"));
        assertThat(passedOn.statusCode()).isEqualTo(200);
        var signedIn = whileTheLogStandsStill(() -> given().contentType("application/json")
                .body("{\"key\":\"" + GatewayInstance.ADMIN_KEY + "\"}")
                .post("/api/v1/auth/login"));
        assertThat(signedIn.statusCode()).isEqualTo(200);
    }

    /** Asks again and again until one has to wait, and lets the log go on only then. */
    private Response whileTheLogStandsStill(Supplier<Response> ask) throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE log.head IN ACCESS EXCLUSIVE MODE");
            var before = waits();
            while (true) {
                var asked = CompletableFuture.supplyAsync(ask);
                await().atMost(SOON).until(() -> asked.isDone() || waits() > before);
                if (waits() > before) {
                    assertThat(asked).isNotDone();
                    // Who shows nothing has nothing to wait for.
                    assertThat(given().get("/q/health/live").statusCode()).isEqualTo(200);
                    connection.rollback();
                    return asked.get(SOON.toSeconds(), TimeUnit.SECONDS);
                }
            }
        }
    }

    private double waits() throws SQLException {
        return metrics.get("centime.gateway.access.waits").counter().count();
    }
}
