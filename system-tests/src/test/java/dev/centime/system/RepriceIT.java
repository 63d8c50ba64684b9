package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls priced again, and all that follows of it, through every process; each test in an organization of its own. */
@ExtendWith(DemoInstance.class)
class RepriceIT {
    private static final int CALLS = 12_000;
    private static final int BATCH = 6_000;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);
    private static final String DAYS = "start_date=" + TODAY.minusDays(3) + "&end_date=" + TODAY.plusDays(1);

    private String organization;
    private Instance centime;
    private Api api;

    @Test
    void aRunGoesOnAfterAKill_andCorrectsEveryCallOnce(Instance instance) throws Exception {
        for (var attempt = 1; !goesOnAfterAKill(instance, "repriced-" + attempt); attempt++) {
            // On a machine that stood still it may have been done before it could be killed: then another.
            assertThat(attempt).as("runs that were done too soon").isLessThan(5);
        }
    }

    /** @return whether the kill came in the middle of it */
    private boolean goesOnAfterAKill(Instance instance, String id) throws Exception {
        anOrganization(instance, id);
        setPrice("\"input_price\": \"2\"");
        record(CALLS);
        var budget = budget();
        spent("24", budget);
        setPrice("\"input_price\": \"5\"");

        var run = reprice().path("id").asText();
        var killedAt = await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(run).path("calls_looked_at").asLong(), looked -> looked > 0);
        var dead = centime.killAndAwait("ingest");
        awaitDone(run);

        assertThat(run(run).path("calls_looked_at").asLong()).isEqualTo(CALLS);
        assertThat(run(run).path("calls_changed").asLong()).isEqualTo(CALLS);
        assertThat(run(run).path("difference").asText()).isEqualTo("36");
        spent("60", budget);
        assertThat(corrections()).isEqualTo("%d corrections of %d calls".formatted(CALLS, CALLS));
        System.out.printf("reprice: killed at %,d of %,d calls%n", killedAt, CALLS);
        return Instant.parse(run(run).path("finished_at").asText()).isAfter(dead);
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
        awaitDone(id);
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
        api = centime.organization(id);
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
        await().atMost(PATIENCE).untilAsserted(() -> {
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

    /** Asked again where the gateway has not found a new process yet. */
    private void awaitDone(String run) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(run(run).path("state").asText()).isEqualTo("done"));
    }

    private JsonNode get(String path) {
        return api.get("/api/v1" + path);
    }

    private JsonNode post(String path, String body) {
        return api.post("/api/v1" + path, body).ok();
    }
}
