package dev.centime.ingest.accept.json;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.Api;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class EstimateResourceTest {
    private static final String YEAR = "?start_date=2025-01-01&end_date=2025-12-31";

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    private String organization;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
    }

    @Test
    void countsAndPricesAChat() {
        estimate("""
                {"model": "gpt-4o", "messages": [{"role": "system", "content": "You are a helpful assistant."},
                 {"role": "user", "content": [{"type": "text", "text": "Say this is a test"}]}],
                 "expected_output_tokens": 100, "max_output_tokens": 500, "cached_tokens": 2}
                """)
                .statusCode(200)
                .header("Centime-Position", notNullValue())
                .body("estimate_id", notNullValue(), "provider", equalTo("openai"), "model", equalTo("gpt-4o"))
                .body("tokenizer", equalTo("o200k_base"), "exact", equalTo(true), "error_percent", equalTo(0))
                // 6 and 5 tokens of text, 4 about each message, 3 before the answer, less what a cache answers.
                .body("input_tokens", equalTo(20), "cache_read_tokens", equalTo(2), "output_tokens", equalTo(100))
                .body("output_basis", equalTo("expected"), "cost_source", equalTo("calculated"))
                .body("input_cost", equalTo("0.00005"), "cache_read_cost", equalTo("0.0000025"))
                .body("output_cost", equalTo("0.001"), "total_cost", equalTo("0.0010525"))
                .body("price_id", notNullValue());
    }

    @Test
    void saysHowGoodAnApproximationIs() {
        estimate(
                        "{\"model\": \"claude-sonnet-4-5\", \"system\": \"Be brief.\", \"text\": \"Hello!\", \"max_output_tokens\": 10}")
                .statusCode(200)
                .body("exact", equalTo(false), "error_percent", equalTo(10), "tokenizer", equalTo("o200k_base × 1.08"))
                .body("output_basis", equalTo("maximum"), "cost_source", equalTo("calculated"));
        estimate("{\"provider\": \"acme\", \"model\": \"never-heard-of\", \"input_tokens\": 10}")
                .statusCode(200)
                .body("input_tokens", equalTo(10), "tokenizer", nullValue(), "cost_source", equalTo("unpriced"))
                .body("total_cost", nullValue(), "input_cost", nullValue(), "output_basis", equalTo("none"));
    }

    @Test
    void aRecordThatNamesAnEstimate_isSetAgainstIt() {
        var id = estimate("{\"model\": \"gpt-4o\", \"input_tokens\": 1000000}")
                .body("total_cost", equalTo("2.5"))
                .extract()
                .jsonPath()
                .getString("estimate_id");
        var api = new Api(TestTokens.orgAdminToken(organization));
        api.record("""
                [{"id": "a", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1200000, "run": "r",
                  "estimate_id": "%1$s"},
                 {"id": "b", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1200000, "run": "said",
                  "estimate_id": "%1$s", "estimated_cost": "3"},
                 {"id": "c", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1200000, "run": "unknown",
                  "estimate_id": "nobody-made-this"}]
                """.formatted(id));

        var answer = api.get("/costs/variance" + YEAR);

        assertThat(answer.get("items"))
                .extracting(item -> item.get("key").asText())
                .containsExactly("r", "said", "unknown");
        assertThat(answer.get("items"))
                .extracting(item -> item.get("estimated_cost").asText())
                .containsExactly("2.5", "3", "0");
        assertThat(answer.at("/items/0/status").asText()).isEqualTo("over");
        assertThat(answer.at("/total/without_estimate").asLong()).isEqualTo(1);
        assertThat(api.get("/usage/a").get("estimated_cost").asText()).isEqualTo("2.5");
        var other = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        other.record("""
                {"timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1, "estimate_id": "%s"}
                """.formatted(id));
        assertThat(other.get("/costs/variance" + YEAR)
                        .at("/total/without_estimate")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void theTextIsNowhere() {
        var secret = "xylophone-4711";
        var id = estimate("{\"model\": \"gpt-4o\", \"text\": \"" + secret + "\"}")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("estimate_id");
        var stored = log.find(organization, List.of(RecordIds.estimate(organization, id)))
                .await()
                .atMost(Duration.ofSeconds(60));
        assertThat(stored).hasSize(1);
        assertThat(new String(stored.values().iterator().next().payload(), StandardCharsets.UTF_8))
                .contains("cost")
                .doesNotContain(secret);

        estimate("{\"model\": \"gpt-4o\", \"text\": \"" + secret + "\", \"tools\": [\"" + secret + "\"]}")
                .statusCode(422)
                .body("errors.field", hasItem("tools"))
                .body(not(containsString(secret)));
        estimate("{\"model\": \"gpt-4o\", \"text\": \"" + secret)
                .statusCode(400)
                .body(not(containsString(secret)));
    }

    @Test
    void theSameKey_isTheSameEstimate_andNoneIsKeptUnasked() {
        var first = keyed("k-1", "{\"model\": \"gpt-4o\", \"text\": \"Hello\"}")
                .extract()
                .asString();
        assertThat(keyed("k-1", "{\"model\": \"gpt-4o\", \"text\": \"Hello\"}")
                        .extract()
                        .asString())
                .isEqualTo(first);
        keyed("k-1", "{\"model\": \"gpt-4o\", \"text\": \"Other\"}").statusCode(422);
        estimate("{\"model\": \"gpt-4o\", \"text\": \"Hello\", \"store\": false}")
                .statusCode(200)
                .header("Centime-Position", nullValue())
                .body("estimate_id", nullValue(), "input_tokens", equalTo(8));
    }

    @Test
    void aUserEstimatesForItself() {
        var token = TestTokens.userToken(organization, "ann");
        as(token, "{\"model\": \"gpt-4o\", \"input_tokens\": 1, \"user\": \"ann\"}")
                .statusCode(200);
        as(token, "{\"model\": \"gpt-4o\", \"input_tokens\": 1, \"user\": \"bob\"}")
                .statusCode(403)
                .body("errors[0].field", equalTo("user"));
    }

    @Test
    void aMegabyteOfOneLetter_isCounted_andNineAreRefused() {
        estimate("{\"model\": \"gpt-4o\", \"text\": \"" + "a".repeat(1_000_000) + "\"}")
                .time(lessThan(30_000L))
                .statusCode(200)
                .body("exact", equalTo(false), "error_percent", equalTo(2));
        estimate("{\"model\": \"gpt-4o\", \"text\": \"" + "a".repeat(9 * 1024 * 1024) + "\"}")
                .statusCode(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'text': 'x'} | model",
                "{'model': 'gpt-4o'} | text",
                "{'model': 'gpt-4o', 'text': 5} | text",
                "{'model': 'gpt-4o', 'text': 'x', 'messages': [{'role': 'user', 'content': 'x'}]} | messages",
                "{'model': 'gpt-4o', 'messages': 'x'} | messages",
                "{'model': 'gpt-4o', 'messages': ['x']} | messages[0]",
                "{'model': 'gpt-4o', 'messages': [{'content': 'x'}]} | messages[0].role",
                "{'model': 'gpt-4o', 'messages': [{'role': 'user', 'content': {}}]} | messages[0].content",
                "{'model': 'gpt-4o', 'messages': [{'role': 'user', 'content': [{'type': 'image_url'}]}]} | messages[0].content[0].type",
                "{'model': 'gpt-4o', 'messages': [{'role': 'user', 'content': ['x']}]} | messages[0].content[0]",
                "{'model': 'gpt-4o', 'text': 'x', 'input_tokens': -1} | input_tokens",
                "{'model': 'gpt-4o', 'text': 'x', 'max_output_tokens': '5'} | max_output_tokens",
                "{'model': 'gpt-4o', 'text': 'x', 'expected_output_tokens': 1.5} | expected_output_tokens",
                "{'model': 'gpt-4o', 'text': 'x', 'cached_tokens': 50} | cached_tokens",
                "{'model': 'gpt-4o', 'text': 'x', 'service_tier': 'gold'} | service_tier",
                "{'model': 'gpt-4o', 'text': 'x', 'timestamp': 'now'} | timestamp",
                "{'model': 'gpt-4o', 'text': 'x', 'store': 'no'} | store",
                "{'model': 'gpt-4o', 'text': 'x', 'tags': []} | tags",
                "{'model': 'who-knows-whose', 'text': 'x'} | provider"
            })
    void refusesABody_namingTheField(String body, String field) {
        estimate(body.replace('\'', '"')).statusCode(422).body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"[]", "{", "{} {}", "\"x\"", "``"})
    void refusesWhatIsNoObject(String body) {
        estimate(body).statusCode(400);
    }

    private ValidatableResponse estimate(String json) {
        return as(TestTokens.ingestToken(organization), json);
    }

    private ValidatableResponse keyed(String key, String json) {
        return given().header("Authorization", "Bearer " + TestTokens.ingestToken(organization))
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(json)
                .post("/api/v1/usage/estimate")
                .then();
    }

    private static ValidatableResponse as(String token, String json) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage/estimate")
                .then();
    }
}
