package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

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
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What estimates and reported costs look like beside costs, and who sees them. That they add up is shown by the recount. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ComparisonsTest {
    private static final String YEAR = "?start_date=2025-01-01&end_date=2025-12-31";

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
    void aRun_isSetAgainstItsEstimates() {
        api.record("[" + call("r1", "0.25", "0.22") + "," + call("r1", "0.20", "0.20") + ","
                + call("r2", "0.10", "0.20") + "," + call("r3", "0.50", "0.10") + "," + call("r3", null, "7") + "]");

        var answer = api.get("/costs/variance" + YEAR);

        assertThat(answer.get("dimension").asText()).isEqualTo("run");
        assertThat(answer.get("items"))
                .extracting(item -> item.get("key").asText())
                .containsExactly("r3", "r2", "r1");
        assertThat(answer.get("items"))
                .extracting(item -> item.get("status").asText())
                .containsExactly("under", "over", "within");
        var run = answer.at("/items/2");
        assertThat(run.get("estimated_cost").asText()).isEqualTo("0.45");
        assertThat(run.get("actual_cost").asText()).isEqualTo("0.42");
        assertThat(run.get("variance").asText()).isEqualTo("-0.03");
        assertThat(run.get("variance_percent").asDouble())
                .isCloseTo(-6.667, org.assertj.core.data.Offset.offset(0.001));
        assertThat(answer.at("/total/estimated_cost").asText()).isEqualTo("1.05");
        assertThat(answer.at("/total/actual_cost").asText()).isEqualTo("0.72");
        assertThat(answer.at("/total/requests").asLong()).isEqualTo(5);
        assertThat(answer.at("/total/compared_requests").asLong()).isEqualTo(4);
        assertThat(answer.at("/total/without_estimate").asLong()).isEqualTo(1);

        assertThat(api.get("/costs/variance" + YEAR + "&tolerance_percent=6")
                        .at("/items/2/status")
                        .asText())
                .isEqualTo("under");
        assertThat(api.get("/costs/variance" + YEAR + "&dimension=experiment")
                        .at("/items/0/key")
                        .asText())
                .isEqualTo("e");
        assertThat(api.get("/costs/variance" + YEAR + "&run=r2")
                        .at("/total/variance")
                        .asText())
                .isEqualTo("0.1");
    }

    @Test
    void nothingIsCompared_withACostThatIsNotKnown() {
        var model = "model-" + UUID.randomUUID();
        api.record("""
                {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "%s", "input_tokens": 1000,
                 "estimated_cost": "0.5", "run": "r"}
                """.formatted(model));
        var before = api.get("/costs/variance" + YEAR).at("/items/0");
        assertThat(before.get("estimated_cost").asText()).isEqualTo("0");
        assertThat(before.get("unpriced_requests").asLong()).isEqualTo(1);
        assertThat(before.get("status").isNull()).isTrue();

        new Api(TestTokens.platformAdminToken(organization)).setPrice(organization, """
                {"provider": "acme", "model_name": "%s", "input_price": 400, "effective_date": "2025-01-01"}
                """.formatted(model));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var item = api.get("/costs/variance" + YEAR).at("/items/0");
            assertThat(item.get("estimated_cost").asText()).isEqualTo("0.5");
            assertThat(item.get("actual_cost").asText()).isEqualTo("0.4");
            assertThat(item.get("unpriced_requests").asLong()).isZero();
            assertThat(item.get("status").asText()).isEqualTo("under");
        });
    }

    @Test
    void aReportedCost_standsBesideTheCalculatedOne() {
        api.record("""
                [{"id": "a", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1000000, "reported_cost": "3"},
                 {"id": "b", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1000, "reported_cost": "0.0025"},
                 {"id": "c", "timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m", "reported_cost": "9"},
                 {"id": "d", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1000}]
                """);

        var answer = api.get("/costs/differences" + YEAR);

        assertThat(answer.at("/items/0")).isEqualTo(Api.json("""
                {"key": "gpt-4o", "source": null, "reported_cost": "3.0025", "calculated_cost": "2.5025", "difference": "0.5",
                 "difference_percent": 19.98001998001998, "requests": 3, "compared_requests": 2, "unpriced_requests": 0,
                 "without_report": 1}"""));
        assertThat(answer.at("/total/unpriced_requests").asLong()).isEqualTo(1);
        var calls = api.get("/costs/differences" + YEAR + "&dimension=call").get("items");
        assertThat(calls).extracting(item -> item.get("key").asText()).containsExactly("a", "b");
        assertThat(calls.get(0).get("difference").asText()).isEqualTo("0.5");
        assertThat(api.get("/costs/differences" + YEAR + "&dimension=source")
                        .at("/items/0/key")
                        .asText())
                .isEqualTo("api");
    }

    @Test
    void callsOfOneId_areOneForEachSource() {
        api.record("""
                {"id": "twin", "timestamp": "2025-03-01T00:00:00Z", "model": "gpt-4o", "input_tokens": 1000, "reported_cost": "3"}
                """);
        api.send("/api/v1/usage/litellm", "application/json", """
                {"id": "twin", "model": "gpt-4o", "custom_llm_provider": "openai", "status": "success", "prompt_tokens": 1000,
                 "completion_tokens": 0, "response_cost": 2, "startTime": 1740787200, "endTime": 1740787201}
                """.getBytes(StandardCharsets.UTF_8));

        var first = api.get("/costs/differences" + YEAR + "&dimension=call&limit=1");
        var second = api.get("/costs/differences" + YEAR + "&dimension=call&limit=1&cursor="
                + first.get("next_cursor").asText());

        assertThat(first.at("/items/0/source").asText()).isEqualTo("api");
        assertThat(first.at("/items/0/difference").asText()).isEqualTo("2.9975");
        assertThat(second.at("/items/0/source").asText()).isEqualTo("litellm");
        assertThat(second.at("/items/0/difference").asText()).isEqualTo("1.9975");
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void aUserSeesHisOwn_andSingleCallsAreHiddenWhereIndividualsAre() {
        api.record(call("r", "1", "2").replace("\"run\"", "\"user\": \"ann\", \"run\""));
        assertThat(compared(api)).isEqualTo(1);
        assertThat(compared(new Api(TestTokens.userToken(organization, "ann")))).isEqualTo(1);
        assertThat(compared(new Api(TestTokens.userToken(organization, "bob")))).isZero();

        var hidden = organizations.create("UTC", false);
        var admin = new Api(TestTokens.orgAdminToken(hidden));
        admin.record(call("r", "1", "2"));
        admin.response("/costs/variance" + YEAR + "&dimension=call").then().statusCode(403);
        assertThat(admin.get("/costs/variance" + YEAR + "&dimension=user").get("items"))
                .hasSize(1);
        new Api(TestTokens.ingestToken(organization))
                .response("/costs/differences" + YEAR)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/costs/variance?dimension=colour",
                "/costs/variance?tolerance_percent=-1",
                "/costs/variance?tolerance_percent=lots",
                "/costs/variance?dimension=session&days=400",
                "/costs/differences?dimension=call&days=400",
                "/costs/differences?limit=0",
                "/costs/differences?as_of=now",
                "/costs/breakdown?dimension=call",
                "/costs/breakdown?dimension=source"
            })
    void refusesAQuery_namingTheParameter(String path) {
        api.response(path).then().statusCode(400).body("errors.size()", equalTo(1));
    }

    private static long compared(Api api) {
        JsonNode total = api.get("/costs/variance" + YEAR + "&dimension=call").get("total");
        return total.get("compared_requests").asLong();
    }

    private static String call(String run, String estimated, String reported) {
        return """
                {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m", "experiment": "e", "run": "%s",
                 "reported_cost": "%s"%s}
                """.formatted(run, reported, estimated == null ? "" : ", \"estimated_cost\": " + estimated);
    }
}
