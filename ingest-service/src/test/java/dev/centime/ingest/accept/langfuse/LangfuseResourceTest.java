package dev.centime.ingest.accept.langfuse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class LangfuseResourceTest {
    private static final String PATH = "/api/v1/usage/langfuse";
    private static final String JSON = "application/json";

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
    void takesABatch_andAcknowledgesEverythingInIt() {
        var answer = api.send(PATH, JSON, Fixtures.bytes("langfuse/batch.json"));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(207);
        assertThat(answer.jsonPath().getList("successes.id"))
                .containsExactly("ev-1", "ev-2", "ev-3", "ev-4", "ev-5", "ev-6");
        assertThat(answer.jsonPath().getList("successes.status")).containsOnly(201);
        assertThat(answer.jsonPath().getList("errors")).isEmpty();
        isTheCall(api.get("/usage/gen-1"));
        var old = api.get("/usage/gen-2");
        assertThat(old.get("input_tokens").asInt()).isEqualTo(1000);
        assertThat(old.get("total_cost").asText()).isEqualTo("0.0075");
    }

    /** A generation begun in one batch and ended in a later one; the pieces in any order, and any of them twice. */
    @Test
    void putsTogetherWhatComesInPieces() {
        var events = new ArrayList<JsonNode>();
        Api.json(Fixtures.text("langfuse/batch.json")).get("batch").forEach(events::add);
        var pieces = events.subList(0, 3);

        pieces.forEach(event -> assertThat(send(List.of(event)).statusCode()).isEqualTo(207));

        isTheCall(api.get("/usage/gen-1"));
        Collections.reverse(pieces);
        pieces.forEach(event -> send(List.of(event)));
        isTheCall(api.get("/usage/gen-1"));
        assertThat(totals().get("requests").asInt()).isEqualTo(1);
        assertThat(totals().get("total_cost").asText()).isEqualTo("0.03375");
    }

    @Test
    void usageWithoutAModel_isRefusedUntilTheModelIsTold() {
        var events = Api.json(Fixtures.text("langfuse/batch.json")).get("batch");

        var early = send(List.of(events.get(2)));
        assertThat(early.jsonPath().getString("errors[0].id")).isEqualTo("ev-3");
        assertThat(early.jsonPath().getString("errors[0].error")).isEqualTo("body.model is required");
        send(List.of(events.get(0), events.get(1)));

        isTheCall(api.get("/usage/gen-1"));
    }

    @Test
    void whatIsToldOfTheQuestionAloneWaits_andMoreThatIsToldLaterCounts() {
        send(
                "{'id': 'g', 'model': 'gpt-4o', 'startTime': '2025-11-22T10:00:00Z', 'usageDetails': {'input': 1000, 'total': 1000}}");
        assertThat(api.response("/usage/g").statusCode()).isEqualTo(404);

        send("{'id': 'g', 'usageDetails': {'input': 1000, 'output': 100}}");
        assertThat(api.get("/usage/g").get("total_cost").asText()).isEqualTo("0.0035");

        send("{'id': 'g', 'endTime': '2025-11-22T10:00:02Z', 'usageDetails': {'input': 1000, 'output': 500}}");
        countsOutput("g", 500);
        assertThat(api.get("/usage/g").get("total_cost").asText()).isEqualTo("0.0075");

        send("{'id': 'g', 'usageDetails': {'input': 1000, 'output': 30}}");
        assertThat(api.get("/usage/g").get("total_cost").asText()).isEqualTo("0.0075");
        assertThat(totals().get("requests").asInt()).isEqualTo(1);
        assertThat(totals().get("total_cost").asText()).isEqualTo("0.0075");
    }

    @Test
    void whoRecordsForHimself_correctsHisOwnCallsAlone() {
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        var mallory = new Api(TestTokens.userToken(organization, "mallory"));
        send(
                ann,
                "{'id': 'hers', 'model': 'gpt-4o', 'startTime': '2025-11-22T10:00:00Z', 'usageDetails': {'input': 1000, 'output': 100}}");

        send(mallory, "{'id': 'hers', 'model': 'gpt-4o', 'usageDetails': {'input': 1000, 'output': 90000}}");
        send(ann, "{'id': 'hers', 'usageDetails': {'input': 1000, 'output': 500}}");

        // More never becomes less: had the other one's piece counted, it would still.
        countsOutput("hers", 500);
    }

    private void countsOutput(String id, int tokens) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> api.get("/usage/" + id).get("output_tokens").asInt() == tokens);
        organizations.settle(organization);
    }

    private void send(String generation) {
        send(api, generation);
    }

    /** @param generation in JSON with single quotes */
    private static void send(Api from, String generation) {
        var body = "{'batch': [{'id': 'e', 'type': 'generation-update', 'body': " + generation + "}]}";
        var answer = from.send(PATH, JSON, body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(207);
        assertThat(answer.jsonPath().getList("errors")).isEmpty();
    }

    @Test
    void whoRecordsForHimself_tellsNothingOfOthersCalls() {
        var mallory = new Api(TestTokens.userToken(organization, "mallory"));
        var told = mallory.send(PATH, JSON, """
            {"batch": [{"id": "e1", "type": "trace-create", "body": {"id": "T", "userId": "bob", "sessionId": "hers"}}]}
            """.getBytes(StandardCharsets.UTF_8));
        assertThat(told.statusCode()).isEqualTo(207);

        api.send(PATH, JSON, """
            {"batch": [{"id": "e2", "type": "generation-create", "body": {"id": "g-of-T", "traceId": "T", "model": "gpt-4o",
             "usageDetails": {"input": 10, "output": 1}}}]}
            """.getBytes(StandardCharsets.UTF_8));

        var call = api.get("/usage/g-of-T");
        assertThat(call.path("user").isTextual()).isFalse();
        assertThat(call.path("session").isTextual()).isFalse();
    }

    @Test
    void refusesWhatIsNoBatch_andEventsOneByOne() {
        assertThat(api.send(PATH, JSON, "{}".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(api.send(PATH, JSON, "[]".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        var answer = api.send(PATH, JSON, """
            {"batch": [5, {"id": "x"}, {"id": "y", "type": "generation-create", "body": {"id": "g", "model": "gpt-4o",
             "usageDetails": {"input": "ten"}}}, {"id": "z", "type": "sdk-log", "body": {}}]}
            """.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.jsonPath().getList("errors.id")).containsExactly("", "x", "y");
        assertThat(answer.jsonPath().getString("errors[2].error"))
                .isEqualTo("body.usageDetails.input must be a whole number");
        assertThat(answer.jsonPath().getList("successes.id")).containsExactly("z");
    }

    private Response send(List<JsonNode> events) {
        return api.send(PATH, JSON, ("{\"batch\": " + events + "}").getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode totals() {
        return api.get("/costs/breakdown?start_date=2025-11-22&end_date=2025-11-22&dimension=user");
    }

    private static void isTheCall(JsonNode call) {
        assertThat(call.get("source").asText()).isEqualTo("langfuse");
        assertThat(call.get("convention").asText()).isEqualTo("cached_beside_input");
        assertThat(call.get("model").asText()).isEqualTo("claude-sonnet-4-5");
        assertThat(List.of(
                        call.get("input_tokens").asInt(),
                        call.get("cache_read_tokens").asInt(),
                        call.get("cache_write_tokens").asInt(),
                        call.get("cache_write_1h_tokens").asInt()))
                .containsExactly(1000, 20000, 3000, 500);
        assertThat(call.get("total_cost").asText()).isEqualTo("0.03375");
        assertThat(call.get("reported_cost").asText()).isEqualTo("0.03375");
        assertThat(call.get("user").asText()).isEqualTo("ann");
        assertThat(call.get("session").asText()).isEqualTo("session-1");
        assertThat(call.get("operation").asText()).isEqualTo("draft");
        assertThat(call.get("latency_ms").asInt()).isEqualTo(2500);
        assertThat(call.get("tags")).isEqualTo(Api.json("""
            {"trace": "answer a ticket", "environment": "production", "team": "search", "dev": "true"}
            """));
    }
}
