package dev.centime.ingest.command.updatecatalogue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class UpdateCatalogueTest {
    @Inject
    TestOrganizations organizations;

    private Api api;
    private String admin;
    private String model;

    @BeforeEach
    void aModel() {
        var organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = TestTokens.platformAdminToken(organization);
        model = "model-" + UUID.randomUUID();
    }

    @Test
    void aDryRun_saysWhatWouldChange_andSetsNothing() {
        var update = json(update("", "application/json", liteLlm("0.000002", "0.000008")));

        assertThat(update.get("dry_run").asBoolean()).isTrue();
        assertThat(update.get("added")).hasSize(1);
        assertThat(update.at("/added/0/input_price").asText()).isEqualTo("2");
        assertThat(update.at("/added/0/cache_read_price").asText()).isEqualTo("0.2");
        assertThat(update.at("/added/0/effective_date").isNull()).isTrue();
        assertThat(update.get("missing").asInt()).isGreaterThan(2000);
        assertThat(update.get("refused"))
                .extracting(refused -> refused.get("entry").asText() + ": "
                        + refused.get("field").asText())
                .containsExactlyInAnyOrder(
                        "an-image-model: input_cost_per_token",
                        "negative: input_price",
                        "nobodys: litellm_provider",
                        "absurd: input_cost_per_token");
        assertThat(history()).isEmpty();
    }

    @Test
    void aRun_setsIt_andTheSameFileAgainChangesNothing() {
        json(update("?dry_run=false", "application/json", liteLlm("0.000002", "0.000008")));
        assertThat(history()).hasSize(1);
        assertThat(history().at("/0/origin").asText()).isEqualTo("file");

        var again = json(update("?dry_run=false", "application/json", liteLlm("0.000002", "0.000008")));
        assertThat(again.get("unchanged").asInt()).isEqualTo(1);
        assertThat(again.get("added")).isEmpty();
        assertThat(again.get("changed")).isEmpty();

        var changed = json(update(
                "?dry_run=false&effective_date=2026-01-01", "application/json", liteLlm("0.000003", "0.000008")));
        assertThat(changed.get("changed")).hasSize(1);
        assertThat(changed.at("/changed/0/before/input_price").asText()).isEqualTo("2");
        assertThat(changed.at("/changed/0/after/input_price").asText()).isEqualTo("3");
        assertThat(changed.at("/changed/0/after/effective_date").asText()).isEqualTo("2026-01-01");

        // There and back again: a third version, not the first one come again.
        json(update("?dry_run=false&effective_date=2026-01-01", "application/json", liteLlm("0.000002", "0.000008")));
        assertThat(history()).hasSize(3);
        assertThat(history().at("/2/input_price").asText()).isEqualTo("2");
        assertThat(history().at("/1/superseded").asBoolean()).isTrue();
    }

    @Test
    void whatTheFileDoesNotKnow_isKept() {
        given().header("Authorization", "Bearer " + admin)
                .contentType("application/json")
                .body("""
                        {"provider": "acme", "model_name": "%s", "input_price": 1, "quality_score": 55, "quality_source": "us",
                         "model_tier": "small", "aliases": ["other-%s"]}
                        """.formatted(model, model))
                .post("/api/v1/pricing/models")
                .then()
                .statusCode(201);

        var after = json(update("", "application/json", liteLlm("0.000002", "0.000008")))
                .at("/changed/0/after");

        assertThat(after.get("quality_score").asText()).isEqualTo("55");
        assertThat(after.get("model_tier").asText()).isEqualTo("small");
        assertThat(after.get("aliases")).hasSize(1);
    }

    @Test
    void linesOfPrices_areEachJudgedByThemselves() {
        var lines = """
                {"provider": "acme", "model_name": "%s", "input_price": "2", "effective_date": "2024-01-01"}
                {"provider": "acme", "model_name": "%s", "input_price": "1", "effective_date": "2025-01-01"}

                {"provider": "acme", "model_name": "%s", "input_price": "3", "effective_date": "2025-01-01"}
                {"provider": "acme", "input_price": "3"}
                {"provider": "acme", "model_name": "x", "input_price": "cheap"}
                not json
                """.formatted(model, model, model);

        var update = json(update("?dry_run=false", "application/x-ndjson", lines));

        assertThat(update.get("added")).hasSize(2);
        assertThat(update.get("refused"))
                .extracting(refused -> refused.get("entry").asText() + ": "
                        + refused.get("field").asText())
                .containsExactly("line 4: model_name", "line 5: model_name", "line 6: input_price", "line 7: body");
        assertThat(cost("2024-06-01T00:00:00Z")).isEqualTo("0.002");
        assertThat(cost("2025-01-01T00:00:00Z")).isEqualTo("0.001");
    }

    @Test
    void fetchesAFile_followingRedirects() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/moved", exchange -> redirect(exchange, "/prices.json"));
        server.createContext("/prices.json", exchange -> answer(exchange, liteLlm("0.000002", "0.000008")));
        server.createContext("/inside", exchange -> redirect(exchange, "https://10.0.0.1/prices.json"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.createContext("/large", exchange -> answer(exchange, " ".repeat((16 << 20) + 1)));
        server.createContext("/empty", exchange -> answer(exchange, "{}"));
        server.start();
        try {
            var root = "http://127.0.0.1:" + server.getAddress().getPort();
            var update = json(update("", "application/json", url(root + "/moved")));
            assertThat(update.get("added")).hasSize(1);
            assertThat(update.get("source").asText()).isEqualTo(root + "/moved");

            refused(root + "/inside", "must not lie in an internal network");
            refused(root + "/round", "redirects more than 3 times");
            refused(root + "/nowhere", "answers with status 404");
            update("", "application/json", url(root + "/large")).then().statusCode(413);
            update("", "application/json", url(root + "/empty"))
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("body"));
        } finally {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/prices.json",
                "https://10.0.0.1/prices.json",
                "https://169.254.169.254/latest/meta-data",
                "https://[fd00::1]/prices.json",
                "https://[::ffff:10.0.0.1]/prices.json",
                "https://2130706433.0.0.0.0.invalid/",
                "https://user:secret@example.com/",
                "file:///etc/passwd",
                "https:///nowhere",
                "no address at all"
            })
    void refusesAddresses(String address) {
        update("", "application/json", url(address)).then().statusCode(422).body("errors.field", hasItem("url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "nonsense", "{}", "{\"a\": 1}", "3"})
    void refusesWhatIsNoPriceFile(String body) {
        update("", "application/json", body).then().statusCode(422).body("errors.field", hasItem("body"));
    }

    @Test
    void refusesTheRest_namingIt() {
        update("?dry_run=perhaps", "application/json", "{}").then().statusCode(400);
        update("?effective_date=1800-01-01", "application/json", "{}").then().statusCode(400);
        update("", "application/json", "").then().statusCode(400);
        given().header("Authorization", "Bearer " + TestTokens.orgAdminToken("acme"))
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/pricing/catalogue")
                .then()
                .statusCode(403);
    }

    private void refused(String address, String reason) {
        update("", "application/json", url(address)).then().statusCode(422).body("errors[0].reason", equalTo(reason));
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String url(String address) {
        return "{\"url\": \"" + address + "\"}";
    }

    private Response update(String query, String type, String body) {
        return given().header("Authorization", "Bearer " + admin)
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/pricing/catalogue" + query);
    }

    private static JsonNode json(Response response) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Api.json(response.asString());
    }

    private JsonNode history() {
        return api.get("/pricing/models?history=true&model=" + model).get("items");
    }

    private String cost(String at) {
        return api.record("""
                {"timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": 1000}
                """.formatted(at, model)).at("/records/0/total_cost").asText();
    }

    private String liteLlm(String input, String output) {
        return """
                {"sample_spec": {"input_cost_per_token": 0, "litellm_provider": "one of the providers"},
                 "acme/%s": {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": %s, "output_cost_per_token": %s,
                   "cache_read_input_token_cost": 2e-7, "max_input_tokens": 128000},
                 "an-image-model": {"litellm_provider": "acme", "output_cost_per_image": 0.04},
                 "negative": {"litellm_provider": "acme", "input_cost_per_token": -1e-6},
                 "absurd": {"litellm_provider": "acme", "input_cost_per_token": 1e-999999},
                 "nobodys": {"input_cost_per_token": 1e-6}}
                """.formatted(model, input, output);
    }
}
