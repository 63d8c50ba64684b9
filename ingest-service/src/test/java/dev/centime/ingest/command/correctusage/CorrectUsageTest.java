package dev.centime.ingest.command.correctusage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.TestViews;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CorrectUsageTest {
    private static final String SOURCE = "api";

    @Inject
    TestOrganizations organizations;

    @Inject
    CorrectUsageHandler handler;

    @Inject
    TestViews views;

    private String organization;
    private Api api;
    private Api admin;
    private String model;

    @BeforeEach
    void aRecordedCall() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = new Api(TestTokens.platformAdminToken(organization));
        model = "model-" + UUID.randomUUID();
    }

    @Test
    void aLargerRow_countsInPlaceOfTheSmallerOne_howeverOftenItIsTold() {
        price("2", "10");
        record(1000, 1);
        assertThat(correct(Tokens.of(1000, 400))).isEqualTo(1);
        assertThat(correct(Tokens.of(1000, 400))).isZero();
        assertThat(correct(Tokens.of(1000, 300))).isZero();

        awaitCosts("0.006", 1000, 400);
        assertThat(costs().get("requests").asLong()).isEqualTo(1);
        var call = api.get("/usage/a");
        assertThat(call.get("output_tokens").asLong()).isEqualTo(400);
        assertThat(call.get("total_cost").asText()).isEqualTo("0.006");
        assertThat(call.get("recorded_cost").asText()).isEqualTo("0.00201");
    }

    @Test
    void rowsGrowStepByStep_andEachCorrectsWhatTheOneBeforeLeft() {
        price("2", "10");
        record(1000, 1);
        assertThat(correct(Tokens.of(1000, 2))).isEqualTo(1);
        assertThat(correct(Tokens.of(1000, 3))).isEqualTo(1);
        assertThat(correct(Tokens.of(1000, 400))).isEqualTo(1);

        awaitCosts("0.006", 1000, 400);
    }

    @Test
    void aPriceThatComesLater_pricesTheCorrectedTokens() {
        record(1000, 1);
        assertThat(correct(Tokens.of(1000, 400))).isEqualTo(1);
        awaitCosts("0", 1000, 400);
        assertThat(api.get("/pricing/unpriced").get("items")).hasSize(1);

        price("2", "10");

        awaitCosts("0.006", 1000, 400);
        assertThat(api.get("/pricing/unpriced").get("items")).isEmpty();

        assertThat(correct(Tokens.of(1000, 500))).isEqualTo(1);
        awaitCosts("0.007", 1000, 500);
    }

    @Test
    void aRebuild_givesTheSame() {
        price("2", "10");
        record(1000, 1);
        correct(Tokens.of(1000, 400));
        price("4", "20");
        admin.reprice(organization, "{\"start_date\": \"2025-06-01\", \"reason\": \"dearer\", \"dry_run\": false}");
        awaitCosts("0.012", 1000, 400);

        views.rebuild("cost-cells", "calls");

        awaitCosts("0.012", 1000, 400);
        assertThat(api.get("/usage/a").get("output_tokens").asLong()).isEqualTo(400);
        // What the rebuilt view says is what the next correction starts from.
        assertThat(correct(Tokens.of(1000, 399))).isZero();
        assertThat(correct(Tokens.of(1000, 401))).isEqualTo(1);
        awaitCosts("0.01202", 1000, 401);
    }

    private void record(long input, long output) {
        api.record("""
                {"id": "a", "timestamp": "2025-06-01T10:00:00Z", "provider": "acme", "model": "%s",
                 "input_tokens": %d, "output_tokens": %d}
                """.formatted(model, input, output));
    }

    private void price(String input, String output) {
        var answer = admin.setPrice(null, """
                {"provider": "acme", "model_name": "%s", "input_price": "%s", "output_price": "%s",
                 "effective_date": "2025-01-01"}
                """.formatted(model, input, output));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
    }

    private int correct(Tokens tokens) {
        var larger = new CorrectUsage("a", tokens, Map.of(), 1, null);
        return handler.correct(organization, SOURCE, List.of(larger), Map.of())
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private void awaitCosts(String total, long input, long output) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var costs = costs();
            assertThat(costs.at("/items/0/total_cost").asText()).isEqualTo(total);
            assertThat(costs.at("/items/0/input_tokens").asLong()).isEqualTo(input);
            assertThat(costs.at("/items/0/output_tokens").asLong()).isEqualTo(output);
        });
        organizations.settle(organization);
    }

    private JsonNode costs() {
        return api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-01");
    }
}
