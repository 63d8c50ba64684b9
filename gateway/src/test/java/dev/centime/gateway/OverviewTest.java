package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the combined answer asks the services, which answer with what they were asked. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class OverviewTest {
    private static final String BURN_RATE = "/api/v1/costs/burn-rate";

    Backends backends;

    @AfterEach
    void burnRateEchoesAgain() {
        backends.echoes(BURN_RATE);
    }

    @Test
    void theForecastIsAnother_whenTheFirstDaysAreKnown() {
        var before = forecastKey(0);
        var same = forecastKey(0);
        var after = forecastKey(3);

        // Five minutes may end in between, once.
        assertThat(same.equals(before) || forecastKey(0).equals(same)).isTrue();
        assertThat(after).isNotEqualTo(before).isNotEqualTo(same).endsWith("-3");
    }

    @Test
    void theForecastIsNotAskedFor_whenItsServiceIsDown() {
        backends.down("forecast");
        try {
            var overview = admin().get("/api/v1/dashboard/overview").then().statusCode(200);
            assertThat(overview.extract().jsonPath().getList("unavailable", String.class))
                    .containsExactly("forecast");
            assertThat(overview.extract().<Object>path("forecast")).isNull();
        } finally {
            backends.up("forecast");
        }
    }

    private String forecastKey(int daysKnown) {
        backends.answers(BURN_RATE, new JsonObject().put("days_used", daysKnown));
        return admin().get("/api/v1/dashboard/overview")
                .then()
                .statusCode(200)
                .extract()
                .path("forecast.headers.'idempotency-key'[0]");
    }
}
