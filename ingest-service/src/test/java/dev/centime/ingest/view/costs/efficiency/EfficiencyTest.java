package dev.centime.ingest.view.costs.efficiency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The blocks of the answer, each by an example; {@code EfficiencyRecount} compares them with recounts of random calls. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class EfficiencyTest {
    private static final String MARCH = "start_date=2025-03-01&end_date=2025-03-31";
    private static final String FILE = """
            session: %1$s
            phase: %2$s
            date: %3$s
            budget_allocated: $%4$s
            tasks:
              - {description: Read the requirements, model: haiku, tokens_in: 1000, tokens_out: 200, cost_usd: 0.005,
                 milestone: 25%%, complexity: simple, status: completed}
              - {description: Write the parser, model: sonnet, tokens_in: 4000, tokens_out: 800, cost_usd: 0.25,
                 milestone: 50%%, complexity: complex, status: failed}
              - {description: Write the parser, model: sonnet, tokens_in: 4000, tokens_out: 1000, cost_usd: 0.3,
                 milestone: 50%%, complexity: complex, status: completed}
              - {description: Format, model: sonnet, tokens_in: 1000, tokens_out: 200, cost_usd: 1.2,
                 milestone: 100%%, complexity: simple, status: completed}
            """;

    @Inject
    TestOrganizations organizations;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @Test
    void ofNoCalls_nothingIsKnown() {
        var answer = efficiency("");

        assertThat(answer.at("/total_tasks").asLong()).isZero();
        assertThat(answer.at("/total_cost").asText()).isEqualTo("0");
        for (var unknown : List.of(
                "/project_totals/total_allocated",
                "/project_totals/burn_rate",
                "/project_totals/projected_completion",
                "/project_totals/projected_end_date",
                "/model_efficiency/haiku_percentage",
                "/model_efficiency/cost_per_haiku_task",
                "/token_analytics/avg_tokens_per_task",
                "/token_analytics/input_output_ratio",
                "/efficiency_analysis/total_waste_cost",
                "/efficiency_analysis/cost_waste_percent",
                "/efficiency_analysis/waste_by_category/redundant_tasks",
                "/efficiency_analysis/waste_by_category/over_engineered",
                "/efficiency_analysis/waste_by_category/failed_attempts",
                "/efficiency_analysis/optimization_opportunities/switch_to_haiku",
                "/efficiency_analysis/optimization_opportunities/batch_processing",
                "/efficiency_analysis/optimization_opportunities/prompt_optimization",
                "/alerts/0/triggered",
                "/alerts/1/triggered",
                "/alerts/2/triggered",
                "/alerts/3/triggered")) {
            assertThat(answer.at(unknown).isNull()).as(unknown).isTrue();
        }
        assertThat(answer.at("/phase_breakdown")).isEmpty();
        assertThat(answer.at("/task_heat_map/rows")).isEmpty();
        assertThat(answer.at("/task_heat_map/columns")).hasSize(4);
    }

    /** Files of cost tracking, as the guide adds them up. */
    @Test
    void aggregatesSessionsOfCostTracking() {
        importFile(FILE.formatted("session-001", "phase-0", "2025-03-01", "5"));
        importFile(FILE.formatted("session-002", "phase-10", "2025-03-03", "1"));
        importFile(FILE.formatted("session-003", "phase-2", "2025-03-03", "1").replace("budget_allocated: $1\n", ""));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(efficiency("").at("/total_tasks").asLong()).isEqualTo(12);
            assertThat(efficiency("").at("/project_totals/total_allocated").asText())
                    .isEqualTo("6");
        });
        organizations.settle(organization);
        var answer = efficiency("");

        same(answer.at("/project_totals"), """
                {"total_allocated": "6", "total_spent": "5.265", "allocated_spent": "3.51", "total_remaining": "2.49",
                 "burn_rate": "0.169838709677", "projected_completion": 14.66096866097, "projected_end_date": "2025-04-15"}
                """.replace("0.169838709677", divided("5.265", 31)), "projected_completion");
        assertThat(answer.at("/project_totals/projected_completion").asDouble())
                .isCloseTo(2.49 / (5.265 / 31), org.assertj.core.api.Assertions.within(1e-6));
        var models = answer.at("/model_efficiency");
        assertThat(models.get("total_tasks").asLong()).isEqualTo(12);
        assertThat(models.get("total_haiku_tasks").asLong()).isEqualTo(3);
        assertThat(models.get("total_sonnet_tasks").asLong()).isEqualTo(9);
        assertThat(models.get("haiku_percentage").asDouble()).isEqualTo(25);
        assertThat(models.get("sonnet_percentage").asDouble()).isEqualTo(75);
        assertThat(models.get("haiku_cost").asText()).isEqualTo("0.015");
        assertThat(models.get("sonnet_cost").asText()).isEqualTo("5.25");
        assertThat(models.get("cost_per_haiku_task").asText()).isEqualTo("0.005");
        assertThat(models.get("cost_per_sonnet_task").asText()).isEqualTo("0.583333333333");
        assertThat(texts(models.get("classes"), "model_class")).containsExactly("small", "standard");
        same(answer.at("/token_analytics"), """
                {"total_tokens_in": 30000, "total_tokens_out": 6600, "avg_tokens_per_task": 3050.0, "input_output_ratio": 0,
                 "by_model": {"haiku": {"tokens_in": 3000, "tokens_out": 600}, "sonnet": {"tokens_in": 27000, "tokens_out": 6000}}}
                """, "input_output_ratio");
        var phase =
                "{\"sessions\": [\"session-00%d\"], \"session_count\": 1, \"total_cost\": \"1.755\", \"task_count\": 4,"
                        + " \"avg_cost_per_task\": \"0.43875\"}";
        same(
                answer.at("/phase_breakdown"),
                "{\"phase-0\": " + phase.formatted(1) + ", \"phase-2\": " + phase.formatted(3) + ", \"phase-10\": "
                        + phase.formatted(2) + "}");
        assertThat(names(answer.at("/phase_breakdown"))).containsExactly("phase-0", "phase-2", "phase-10");
        assertThat(names(answer.at("/milestone_costs"))).containsExactly("25%", "50%", "100%");
        same(answer.at("/milestone_costs/50%"), """
                {"total_cost": "1.65", "task_count": 6, "avg_cost_per_task": "0.275"}""");
        assertThat(answer.at("/without_phase/task_count").asLong()).isZero();
        same(answer.at("/efficiency_analysis/waste_by_category"), """
                {"redundant_tasks": {"tasks": 6, "cost": "3.01"}, "over_engineered": null,
                 "failed_attempts": {"tasks": 3, "cost": "0.75"}}""");
        assertThat(answer.at("/efficiency_analysis/total_waste_cost").asText()).isEqualTo("3.76");
        same(answer.at("/efficiency_analysis/optimization_opportunities"), """
                {"switch_to_haiku": {"tasks": 3, "cost": "3.6"}, "batch_processing": {"tasks": 0, "cost": "0"},
                 "prompt_optimization": null}""");
        same(answer.at("/task_heat_map/rows"), """
                [{"complexity": "simple", "cells": [{"tasks": 3, "cost": "0.015"}, {"tasks": 0, "cost": "0"},
                   {"tasks": 0, "cost": "0"}, {"tasks": 3, "cost": "3.6"}]},
                 {"complexity": "complex", "cells": [{"tasks": 0, "cost": "0"}, {"tasks": 0, "cost": "0"},
                   {"tasks": 6, "cost": "1.65"}, {"tasks": 0, "cost": "0"}]}]""");
        assertThat(texts(answer.at("/alerts"), "type"))
                .containsExactly("budget_threshold", "daily_limit", "waste_percentage", "model_imbalance");
        assertThat(texts(answer.at("/alerts"), "triggered")).containsExactly("false", "false", "true", "true");
        assertThat(answer.at("/alerts/1/value").asText()).isEqualTo("3.51");

        var before = efficiency("&as_of=" + Instant.now());
        assertThat(before.at("/efficiency_analysis")).isEqualTo(answer.at("/efficiency_analysis"));
        assertThat(before.at("/project_totals/total_allocated").isNull()).isTrue();
        assertThat(efficiency("&tag.phase=phase-2").at("/total_cost").asText()).isEqualTo("1.755");
    }

    @Test
    void whatIsFarBeyondTheUsual_isWasteByThatMuch() {
        api.record(IntStream.range(0, 19)
                .mapToObj(i -> call("m", "ok", 1000 + i, "1", "\"operation\": \"chat\""))
                .collect(Collectors.joining(",", "[", "]")));
        api.record(call("m", "ok", 1_000_000, "8", "\"operation\": \"chat\""));
        assertThat(waste("").at("/over_engineered/tasks").asLong()).isEqualTo(1);
        // Twice the median is usual where calls are alike: 1009 and so 2018 of 1,000,000 tokens.
        assertThat(waste("").at("/over_engineered/cost").asText()).isEqualTo("7.983856");

        api.record(call("m", "error", 1_000_000, "8", "\"operation\": \"mail\""));
        assertThat(waste("&operation=mail").at("/over_engineered").isNull()).isTrue();
        assertThat(waste("&operation=mail").at("/failed_attempts").isNull()).isTrue();
    }

    @Test
    void whatWasTriedAgain_wasWasted() {
        api.record("""
                [{"id": "a", "timestamp": "2025-03-02T10:00:00Z", "provider": "acme", "model": "m", "reported_cost": "0.5"},
                 {"id": "b", "timestamp": "2025-03-02T10:00:01Z", "provider": "acme", "model": "m", "reported_cost": "0.25", "retry_of": "a",
                  "status": "error"},
                 {"id": "c", "timestamp": "2025-03-02T10:00:02Z", "provider": "acme", "model": "m", "reported_cost": "0.1", "retry_of": "b"},
                 {"id": "d", "timestamp": "2025-03-02T10:00:03Z", "provider": "acme", "model": "m", "reported_cost": "4",
                  "prompt_fingerprint": "p"},
                 {"id": "e", "timestamp": "2025-03-02T10:00:03Z", "provider": "acme", "model": "m", "reported_cost": "2",
                  "prompt_fingerprint": "p"},
                 {"id": "f", "timestamp": "2025-03-02T10:00:03Z", "provider": "acme", "model": "n", "reported_cost": "1",
                  "prompt_fingerprint": "p"}]""");

        same(waste(""), """
                {"redundant_tasks": {"tasks": 1, "cost": "2"}, "over_engineered": null,
                 "failed_attempts": {"tasks": 2, "cost": "0.75"}}""");
    }

    @Test
    void callsWithoutAPrice_areTasksOfUnknownCost() {
        api.record(call("haiku-unheard-of", "ok", 10, null, "\"tags\": {\"phase\": \"p\", \"complexity\": \"low\"}"));
        var answer = efficiency("");

        assertThat(answer.get("total_tasks").asLong()).isEqualTo(1);
        assertThat(answer.get("unpriced_requests").asLong()).isEqualTo(1);
        assertThat(answer.at("/phase_breakdown/p/task_count").asLong()).isEqualTo(1);
        assertThat(answer.at("/task_heat_map/rows")).isEmpty();
        assertThat(answer.at("/efficiency_analysis/cost_waste_percent").isNull())
                .isTrue();
        assertThat(answer.at("/alerts/2/triggered").isNull()).isTrue();
        assertThat(answer.at("/alerts/3/triggered").asBoolean()).isFalse();
    }

    @Test
    void manyModelsAndOddNames_areAllThere() {
        var odd = "<b>\\\"ö\\\"/~1</b>";
        api.record(IntStream.range(0, 300)
                .mapToObj(i ->
                        call("model-" + i, "ok", 1, String.valueOf(i), "\"tags\": {\"phase\": \"" + i + odd + "\"}"))
                .collect(Collectors.joining(",", "[", "]")));
        var answer = efficiency("");

        assertThat(answer.at("/token_analytics/by_model")).hasSize(200);
        assertThat(answer.at("/phase_breakdown")).hasSize(200);
        assertThat(answer.at("/phase_breakdown")
                        .get("299<b>\"ö\"/~1</b>")
                        .get("total_cost")
                        .asText())
                .isEqualTo("299");
        assertThat(answer.at("/without_phase/task_count").asLong()).isEqualTo(100);
        assertThat(answer.at("/without_phase/total_cost").asText()).isEqualTo("4950");
        assertThat(answer.at("/model_efficiency/classes/0/tasks").asLong()).isEqualTo(300);
    }

    @Test
    void bucketsOfAReport_areCountedAndNotJudged() {
        api.record("""
                {"timestamp": "2025-03-02T10:00:00Z", "provider": "acme", "model": "sonnet", "reported_cost": "3", "requests": 30,
                 "aggregated": true, "input_tokens": 300, "tags": {"task": "t", "complexity": "low"}}""");
        var answer = efficiency("");

        assertThat(answer.at("/model_efficiency/total_sonnet_tasks").asLong()).isEqualTo(30);
        assertThat(answer.at("/token_analytics/avg_tokens_per_task").asDouble()).isEqualTo(10);
        assertThat(answer.at("/task_heat_map/rows")).isEmpty();
        assertThat(answer.at("/efficiency_analysis/waste_by_category/redundant_tasks")
                        .isNull())
                .isTrue();
    }

    @Test
    void everyoneSeesWhatHeMay() {
        api.record("["
                + call("m", "ok", 1, "1", "\"user\": \"ann\", \"session\": \"s-ann\", \"tags\": {\"phase\": \"p\"}")
                + ","
                + call("m", "ok", 1, "2", "\"user\": \"bob\", \"session\": \"s-bob\", \"tags\": {\"phase\": \"p\"}")
                + "]");
        assertThat(efficiency("").at("/phase_breakdown/p/sessions")).hasSize(2);
        var ann = new Api(TestTokens.userToken(organization, "ann")).get("/costs/efficiency?" + MARCH);
        var stranger = new Api(TestTokens.orgAdminToken(organizations.create("UTC"))).get("/costs/efficiency?" + MARCH);
        var all = new Api(TestTokens.platformAdminToken("*")).get("/costs/efficiency?model=m&" + MARCH);

        assertThat(ann.get("total_cost").asText()).isEqualTo("1");
        assertThat(ann.at("/phase_breakdown/p/sessions/0").asText()).isEqualTo("s-ann");
        assertThat(stranger.get("total_tasks").asLong()).isZero();
        assertThat(all.get("total_tasks").asLong()).isGreaterThanOrEqualTo(2);
        assertThat(all.at("/phase_breakdown/p").has("sessions")).isFalse();
        new Api(TestTokens.ingestToken(organization))
                .response("/costs/efficiency?" + MARCH)
                .then()
                .statusCode(403);
    }

    @Test
    void whereIndividualsAreNotShown_sessionsHaveNoNames() {
        var hidden = organizations.create("UTC", false);
        var admin = new Api(TestTokens.orgAdminToken(hidden));
        admin.record(call("m", "ok", 1, "1", "\"session\": \"s\", \"tags\": {\"phase\": \"p\"}"));

        var phase = admin.get("/costs/efficiency?" + MARCH).at("/phase_breakdown/p");
        assertThat(phase.has("sessions")).isFalse();
        assertThat(phase.get("session_count").asLong()).isEqualTo(1);
        admin.response("/costs/efficiency?session=s&" + MARCH).then().statusCode(403);
    }

    @Test
    void moreThanAYearOfCalls_isNotRead() {
        api.response("/costs/efficiency?start_date=2023-01-01&end_date=2025-03-31")
                .then()
                .statusCode(400)
                .body("errors[0].field", org.hamcrest.Matchers.equalTo("start_date"))
                .body("errors[0].reason", containsString("366 days"));
        assertThat(api.get("/costs/efficiency?period=year").get("total_tasks").asLong())
                .isZero();
    }

    private JsonNode efficiency(String more) {
        return api.get("/costs/efficiency?" + MARCH + more);
    }

    private JsonNode waste(String more) {
        return efficiency(more).at("/efficiency_analysis/waste_by_category");
    }

    /** Of a minute of its own. @param cost null for none that is known */
    private static String call(String model, String status, long tokens, String cost, String more) {
        return """
                {"timestamp": "2025-03-02T10:00:00Z", "provider": "acme", "model": "%s", "status": "%s", "input_tokens": %d,
                 "reported_cost": %s, %s}""".formatted(model, status, tokens, cost == null ? "null" : "\"" + cost + "\"", more);
    }

    private void importFile(String yaml) {
        given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .multiPart("file", "COST-TRACKING-1.yaml", yaml.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202);
    }

    /** @param but fields that are no matter */
    private static void same(JsonNode shown, String expected, String... but) {
        var wanted = Api.json(expected);
        var found = shown.deepCopy();
        for (var field : but) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) wanted).remove(field);
            ((com.fasterxml.jackson.databind.node.ObjectNode) found).remove(field);
        }
        assertThat(found).isEqualTo(wanted);
    }

    private static String divided(String amount, int by) {
        return new java.math.BigDecimal(amount)
                .divide(java.math.BigDecimal.valueOf(by), 12, java.math.RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static List<String> names(JsonNode object) {
        return StreamSupport.stream(((Iterable<String>) object::fieldNames).spliterator(), false)
                .toList();
    }

    private static List<String> texts(JsonNode items, String field) {
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get(field).asText())
                .toList();
    }
}
