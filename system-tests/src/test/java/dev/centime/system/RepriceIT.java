package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls priced again, and all that follows of it, through every process; each test in an organization of its own. */
@ExtendWith(DemoInstance.class)
class RepriceIT {
    private static final int CALLS = 12_000;
    private static final int BATCH = 6_000;
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String DAYS = "start_date=" + TODAY.minusDays(3) + "&end_date=" + TODAY.plusDays(1);

    private String organization;
    private Instance centime;

    @Test
    void aRunGoesOnAfterAKill_andCorrectsEveryCallOnce(Instance instance) throws Exception {
        anOrganization(instance, "repriced");
        setPrice("\"input_price\": \"2\"");
        record(CALLS);
        var budget = budget();
        spent("24", budget);
        setPrice("\"input_price\": \"5\"");

        var id = reprice().path("id").asText();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(id).path("calls_looked_at").asLong() > 0);
        var killedAt = run(id).path("calls_looked_at").asLong();
        killIngest();

        await().atMost(Duration.ofMinutes(3))
                .until(() -> run(id).path("state").asText().equals("done"));
        assertThat(killedAt).isLessThan(CALLS);
        assertThat(run(id).path("calls_looked_at").asLong()).isEqualTo(CALLS);
        assertThat(run(id).path("calls_changed").asLong()).isEqualTo(CALLS);
        assertThat(run(id).path("difference").asText()).isEqualTo("36");
        spent("60", budget);
        assertThat(corrections()).isEqualTo("%d corrections of %d calls".formatted(CALLS, CALLS));
        System.out.printf("reprice: killed at %,d of %,d calls%n", killedAt, CALLS);
    }

    @Test
    void aPriceWithdrawnAndSetAgain_isFollowedByEveryFigure(Instance instance) {
        anOrganization(instance, "withdrawn");
        setPrice("\"input_price\": \"2\"");
        record(3);
        var budget = budget();
        spent("0.006", budget);

        setPrice("\"is_active\": false");
        var id = reprice().path("id").asText();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> run(id).path("state").asText().equals("done"));
        spent("0", budget);
        assertThat(costs().path("unpriced_requests").asLong()).isEqualTo(3);
        assertThat(get("/pricing/unpriced").at("/items/0/tokens").asLong()).isEqualTo(3000);

        setPrice("\"input_price\": \"3\"");
        spent("0.009", budget);
        assertThat(costs().path("unpriced_requests").asLong()).isZero();
        assertThat(get("/pricing/unpriced").path("items")).isEmpty();
    }

    private void anOrganization(Instance instance, String id) {
        centime = instance;
        organization = id;
        centime.api()
                .post("/api/v1/admin/organizations", "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(id, id))
                .ok();
    }

    private void setPrice(String price) {
        post("/pricing/models", """
                {"provider": "acme", "model_name": "repriced", "effective_date": "2020-01-01", %s}
                """.formatted(price));
    }

    /** A thousand tokens each, a second apart. */
    private void record(int calls) {
        var now = Instant.now();
        for (int first = 0; first < calls; first += BATCH) {
            var batch = IntStream.range(first, Math.min(first + BATCH, calls))
                    .mapToObj(call -> """
                            {"id": "call-%d", "timestamp": "%s", "provider": "acme", "model": "repriced", "input_tokens": 1000}
                            """.formatted(call, now.minusSeconds(call)))
                    .collect(Collectors.joining(",", "[", "]"));
            assertThat(post("/usage", batch).path("accepted").asInt()).isEqualTo(Math.min(BATCH, calls));
        }
    }

    private String budget() {
        return post("/budgets", """
                {"name": "all", "budget_type": "custom", "start_date": "%s", "end_date": "%s", "total_limit": "1000"}
                """.formatted(TODAY.minusDays(3), TODAY.plusDays(3)))
                .path("id")
                .asText();
    }

    private JsonNode reprice() {
        return post("/pricing/reprice", """
                {"start_date": "%s", "reason": "a test", "dry_run": false}
                """.formatted(TODAY.minusDays(3)));
    }

    private JsonNode run(String id) {
        return get("/pricing/reprice/" + id);
    }

    private JsonNode costs() {
        return get("/costs/breakdown?dimension=model&" + DAYS);
    }

    private void spent(String amount, String budget) {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(new BigDecimal(costs().path("total_cost").asText())).isEqualByComparingTo(amount);
            assertThat(new BigDecimal(get("/budgets/" + budget + "/status")
                            .path("current_spend")
                            .asText()))
                    .isEqualByComparingTo(amount);
        });
    }

    private String corrections() throws Exception {
        try (var database = centime.database();
                var statement = database.prepareStatement(
                        "SELECT count(*) || ' corrections of ' || count(DISTINCT record_id) || ' calls'"
                                + " FROM ingest.usage_detail WHERE organization = ? AND correction")) {
            statement.setString(1, organization);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private void killIngest() {
        var before = centime.pid("ingest");
        Instance.kill(before);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var now = centime.pid("ingest");
            return now != 0 && now != before && centime.isReady();
        });
    }

    private JsonNode get(String path) {
        return centime.api()
                .send("GET", "/api/v1" + path, new byte[0], Map.of("X-Organization", organization))
                .ok();
    }

    private JsonNode post(String path, String body) {
        var headers = Map.of("X-Organization", organization, "Content-Type", "application/json");
        return centime.api()
                .send("POST", "/api/v1" + path, body.getBytes(StandardCharsets.UTF_8), headers)
                .ok();
    }
}
