package dev.centime.ingest.accept.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.Api;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class LiteLlmResourceTest {
    private static final String PATH = "/api/v1/usage/litellm";
    private static final String JSON = "application/json";

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @Test
    void takesAStandardLoggingPayload() {
        var answer = api.send(PATH, JSON, Fixtures.bytes("litellm/standard_logging_payload.json"));

        assertThat(answer.jsonPath().getInt("accepted")).as(answer.asString()).isEqualTo(1);
        var call = api.get("/usage/chatcmpl-2299b6a2-82a3-465a-b47c-04e685a2227f");
        assertThat(call.get("source").asText()).isEqualTo("litellm");
        assertThat(call.get("timestamp").asText()).isEqualTo("2025-01-24T09:20:46.847371Z");
        assertThat(call.get("input_tokens").asInt()).isEqualTo(10);
        assertThat(call.get("output_tokens").asInt()).isEqualTo(20);
        assertThat(call.get("total_cost").asText()).isEqualTo("0.000225");
        assertThat(call.get("reported_cost").asText()).isEqualTo("0.000225");
    }

    @Test
    void takesSuccessAndFailure_andKeepsNothingOfWhatWasSaid() {
        api.send(PATH, JSON, Fixtures.bytes("litellm/anthropic_cached.json"));

        var call = api.get("/usage/chatcmpl-7f0c1a54");
        assertThat(List.of(
                        call.get("input_tokens").asInt(),
                        call.get("cache_read_tokens").asInt(),
                        call.get("cache_write_tokens").asInt(),
                        call.get("cache_write_1h_tokens").asInt()))
                .containsExactly(1000, 20000, 3000, 500);
        assertThat(call.get("total_cost").asText()).isEqualTo("0.03375");
        assertThat(call.get("reported_cost").asText()).isEqualTo("0.03375");
        assertThat(call.get("user").asText()).isEqualTo("customer-7");
        assertThat(call.get("project").asText()).isEqualTo("search");
        assertThat(call.get("session").asText()).isEqualTo("trace-9");
        assertThat(call.get("latency_ms").asInt()).isEqualTo(2500);
        assertThat(call.get("tags")).isEqualTo(Api.json("""
            {"key": "prod-key", "org": "o-1", "model_group": "sonnet", "key_user": "ann", "team": "search",
             "nightly": "true", "feature": "ranking"}
            """));
        var failed = api.get("/usage/5b1d-failed");
        assertThat(failed.get("status").asText()).isEqualTo("error");
        assertThat(failed.get("error_type").asText()).isEqualTo("RateLimitError");
        assertThat(failed.get("total_cost").asText()).isEqualTo("0");
        for (var id : List.of("chatcmpl-7f0c1a54", "5b1d-failed")) {
            var stored = log.find(organization, List.of(RecordIds.event(organization, "litellm", id)))
                    .await()
                    .atMost(Duration.ofSeconds(60));
            assertThat(stored.values()).singleElement().satisfies(event -> assertThat(
                            new String(event.payload(), StandardCharsets.UTF_8))
                    .doesNotContain("secret"));
        }
    }

    @Test
    void takesEveryLogFormat_eachCallOnce() {
        var array = Fixtures.text("litellm/anthropic_cached.json");
        var tree = Api.json(array);
        var lines = tree.get(0) + "\n" + tree.get(1) + "\n";

        assertThat(accepted(JSON, array)).isEqualTo(2);
        assertThat(accepted(JSON, tree.get(0).toString())).isZero();
        assertThat(accepted(JSON, lines)).isZero();
        assertThat(accepted("application/x-ndjson", lines + "{broken\n")).isZero();
        var breakdown = api.get("/costs/breakdown?start_date=2025-11-22&end_date=2025-11-22&dimension=user");
        assertThat(breakdown.get("total_cost").asText()).isEqualTo("0.03375");
        assertThat(breakdown.get("requests").asInt()).isEqualTo(2);
    }

    @Test
    void aCacheHitCostsNothing_andLookingAtAResponseIsNoSecondCall() {
        accepted(JSON, """
            [{"id": "resp_1", "call_type": "aget_responses", "model": "gpt-4o", "prompt_tokens": 1000, "completion_tokens": 500,
              "response_cost": 0.0075, "status": "success"},
             {"id": "resp_1", "call_type": "aresponses", "model": "gpt-4o", "prompt_tokens": 1000, "completion_tokens": 500,
              "response_cost": 0.0075, "status": "success"},
             {"id": "hit", "call_type": "acompletion", "model": "gpt-4o", "prompt_tokens": 1000, "completion_tokens": 500,
              "response_cost": 0.0, "cache_hit": true, "status": "success"}]
            """);

        assertThat(api.get("/usage/aget_responses resp_1").get("total_cost").asText())
                .isEqualTo("0");
        assertThat(api.get("/usage/resp_1").get("total_cost").asText()).isEqualTo("0.0075");
        var hit = api.get("/usage/hit");
        assertThat(hit.get("cache_hit").asBoolean()).isTrue();
        assertThat(hit.get("total_cost").asText()).isEqualTo("0");
    }

    @Test
    void aCostOfNothingForAModelWithoutPrice_isNoCost() {
        accepted(JSON, """
            {"id": "u", "call_type": "acompletion", "model": "my-own", "custom_llm_provider": "acme", "prompt_tokens": 10,
             "completion_tokens": 5, "response_cost": 0.0, "status": "success"}
            """);

        assertThat(api.get("/usage/u").get("cost_source").asText()).isEqualTo("unpriced");
    }

    @Test
    void refusesAPayload_namingTheField() {
        var answer = api.send(PATH, JSON, """
            [{"id": "a", "model": "gpt-4o", "prompt_tokens": "many"}, {"model": "gpt-4o"}, {"id": "b"}, 5]
            """.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("rejected.errors.field.flatten()"))
                .containsExactly("prompt_tokens", "id", "model", "record");
    }

    private int accepted(String type, String body) {
        var answer = api.send(PATH, type, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer.jsonPath().getInt("accepted");
    }
}
