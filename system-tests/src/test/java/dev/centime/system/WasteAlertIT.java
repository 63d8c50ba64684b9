package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Waste that ingest-service finds in the log is an alert of budget-service, once, also when it is found again by a process that was killed. */
@ExtendWith(DemoInstance.class)
class WasteAlertIT {
    private static final String ORGANIZATION = "wasteful";

    @Test
    void wasteOfTheMonth_isOneAlert_alsoAfterAKill(Instance centime) throws Exception {
        centime.api()
                .post("/api/v1/admin/organizations", "{\"id\":\"wasteful\",\"name\":\"Wasteful\"}")
                .ok();
        record(centime, 0);
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(alerts(centime)).hasSize(1));
        var alert = alerts(centime).get(0);
        assertThat(alert.path("severity").asText()).isEqualTo("warning");
        assertThat(alert.path("message").asText()).contains("OPTIMIZE: Waste exceeds 15%");
        assertThat(alert.at("/details/waste_cost").asText()).isEqualTo("29");

        centime.killAndAwait("ingest");
        await().atMost(Duration.ofMinutes(3)).until(centime::isReady);
        var looked = lookedAt(centime);
        record(centime, 30);
        await().atMost(Duration.ofMinutes(2)).until(() -> lookedAt(centime) > looked);
        // Told of after what the look may have told of: when budget-service knows it, it knows that too.
        var limit = "{\"name\":\"all\",\"budget_type\":\"daily\",\"total_limit\":\"1\"}";
        send(centime, "POST", "/budgets", limit);
        record(centime, 60);
        await().atMost(Duration.ofMinutes(2)).until(() -> !send(centime, "GET", "/alerts?kind=budget-threshold", "")
                .path("items")
                .isEmpty());
        assertThat(alerts(centime)).hasSize(1);
    }

    /** The same task thirty times, for a dollar each. */
    private static void record(Instance centime, int from) {
        var now = Instant.now();
        var calls = IntStream.range(from, from + 30)
                .mapToObj(call -> """
                        {"id": "waste-%d", "timestamp": "%s", "provider": "acme", "model": "haiku", "reported_cost": 1, "tags": {"task": "t"}}
                        """.formatted(call, now))
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(send(centime, "POST", "/usage", calls).path("accepted").asInt())
                .isEqualTo(30);
    }

    private static JsonNode alerts(Instance centime) {
        return send(centime, "GET", "/alerts?kind=waste", "").path("items");
    }

    /** How much of the log the last look was at. */
    private static long lookedAt(Instance centime) throws Exception {
        try (var database = centime.database();
                var statement = database.createStatement();
                var rows = statement.executeQuery(
                        "SELECT up_to FROM ingest.efficiency_check WHERE organization = '" + ORGANIZATION + "'")) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }

    private static JsonNode send(Instance centime, String method, String path, String body) {
        var headers = Map.of("X-Organization", ORGANIZATION, "Content-Type", "application/json");
        return centime.api()
                .send(method, "/api/v1" + path, body.getBytes(StandardCharsets.UTF_8), headers)
                .ok();
    }
}
