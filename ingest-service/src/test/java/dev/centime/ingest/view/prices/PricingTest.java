package dev.centime.ingest.view.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.Caller;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class PricingTest {
    @Inject
    TestOrganizations organizations;

    private String organization;
    private Api api;
    private Api admin;

    /** Of this test alone, since the catalogue is everybody's. */
    private String model;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = new Api(TestTokens.platformAdminToken(organization));
        model = "model-" + UUID.randomUUID();
    }

    @Test
    void aPriceThatComesLater_makesUnpricedCallsCalculated() {
        var answer = api.record(call("a", "2025-06-01T10:00:00Z"));
        assertThat(answer.at("/records/0/cost_source").asText()).isEqualTo("unpriced");
        var unpriced = api.get("/pricing/unpriced").get("items");
        assertThat(unpriced).hasSize(1);
        assertThat(unpriced.get(0).get("model").asText()).isEqualTo(model);
        assertThat(unpriced.get(0).get("requests").asLong()).isEqualTo(1);
        assertThat(unpriced.get(0).get("tokens").asLong()).isEqualTo(1000);
        assertThat(unpriced.get(0).get("first_day").asText()).isEqualTo("2025-06-01");

        assertThat(admin.setPrice(null, price("2", "")).statusCode()).isEqualTo(201);

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var costs = costs();
            assertThat(costs.get("total_cost").asText()).isEqualTo("0.002");
            assertThat(costs.get("unpriced_requests").asLong()).isZero();
            assertThat(costs.get("requests").asLong()).isEqualTo(1);
            organizations.settle(organization);
        });
        assertThat(api.get("/pricing/unpriced").get("items")).isEmpty();
        var call = api.get("/usage/a");
        assertThat(call.get("total_cost").asText()).isEqualTo("0.002");
        assertThat(call.get("cost_source").asText()).isEqualTo("calculated");
        assertThat(call.get("cost_class").asText()).isEqualTo("green");
        api.response("/usage/b").then().statusCode(404);
        new Api(TestTokens.userToken(organization, "ann"))
                .response("/usage/a")
                .then()
                .statusCode(404);
    }

    @Test
    void overAllOrganizations_anUnpricedModelSaysWhoseCallsItHas() {
        var other = organizations.create("UTC");
        api.record("[" + call("a", "2025-06-01T10:00:00Z") + "," + call("b", "2025-06-01T10:00:00Z") + "]");
        new Api(TestTokens.orgAdminToken(other)).record(call("a", "2025-06-01T10:00:00Z"));
        var everybody = new Api(TestTokens.platformAdminToken(Caller.ALL_ORGANIZATIONS));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var items = new ArrayList<String>();
            var cursor = "";
            do {
                var page = everybody.get("/pricing/unpriced?limit=2" + cursor);
                page.get("items").forEach(item -> {
                    if (item.get("model").asText().equals(model)) {
                        items.add(item.get("organization_id").asText() + " " + item.get("requests"));
                    }
                });
                cursor = page.get("next_cursor").isNull()
                        ? null
                        : "&cursor=" + page.get("next_cursor").asText();
            } while (cursor != null);
            assertThat(items).containsExactly(organization + " 2", other + " 1");
        });
        assertThat(api.get("/pricing/unpriced").at("/items/0/organization_id").asText())
                .isEqualTo(organization);
    }

    @Test
    void aContract_isForItsOrganizationAlone_fromItsDateOn() {
        var other = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        admin.setPrice(null, price("2", ""));
        admin.setPrice(organization, price("1", "\"effective_date\": \"2025-06-10\","));

        assertThat(cost(api.record(call("a", "2025-06-09T23:59:59.999999Z")))).isEqualTo("0.002");
        assertThat(cost(api.record(call("b", "2025-06-10T00:00:00Z")))).isEqualTo("0.001");
        assertThat(cost(other.record(call("c", "2025-06-10T00:00:00Z")))).isEqualTo("0.002");
        assertThat(other.get("/pricing/models?history=true&model=" + model).get("items"))
                .hasSize(1);
        assertThat(api.get("/pricing/models?history=true&model=" + model).get("items"))
                .hasSize(2);
        assertThat(api.get("/pricing/models?model=" + model).at("/items/1/kind").asText())
                .isEqualTo("contract");
    }

    @Test
    void aDiscount_isTakenOffTheCatalogue_forItsOrganizationFromItsDateOn() {
        var other = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        admin.setPrice(null, price("2", ""));
        var discount = admin.setPrice(organization, """
                {"provider": "acme", "model_name": "*", "discount_percent": 12.5, "effective_date": "2025-06-10"}
                """);
        assertThat(discount.statusCode()).as(discount.asString()).isEqualTo(201);
        assertThat(Api.json(discount.asString()).get("discount_percent").asText())
                .isEqualTo("12.5");

        assertThat(cost(api.record(call("a", "2025-06-09T23:59:59.999999Z")))).isEqualTo("0.002");
        assertThat(cost(api.record(call("b", "2025-06-10T00:00:00Z")))).isEqualTo("0.00175");
        assertThat(cost(other.record(call("c", "2025-06-10T00:00:00Z")))).isEqualTo("0.002");
        assertThat(api.get("/pricing/models?model=*").at("/items/0/kind").asText())
                .isEqualTo("contract");
        assertThat(other.get("/pricing/models?model=*").get("items")).isEmpty();
    }

    @Test
    void anAlias_meansItsModel() {
        admin.setPrice(null, price("2", "\"aliases\": [\"alias-of-%s\"],".formatted(model)));

        assertThat(cost(api.record(call("a", "2025-06-10T00:00:00Z").replace(model, "acme/alias-of-" + model))))
                .isEqualTo("0.002");
        assertThat(api.get("/pricing/models?search=" + model).get("items")).hasSize(1);
    }

    @Test
    void theSameDateAgain_isANewVersion_andToPriceCallsAgainIsOffered() {
        admin.setPrice(null, price("2", "\"effective_date\": \"2025-01-01\","));
        assertThat(cost(api.record(call("a", "2025-06-01T10:00:00Z")))).isEqualTo("0.002");
        assertThat(costs().get("total_cost").asText()).isEqualTo("0.002");

        var again = admin.setPrice(null, price("5", "\"effective_date\": \"2025-01-01\","));

        var offer = Api.json(again.asString()).get("reprice");
        assertThat(offer.get("calls").asLong()).isEqualTo(1);
        assertThat(offer.at("/body/start_date").asText()).isEqualTo("2025-01-01");
        assertThat(offer.at("/body/filter/model/0").asText()).isEqualTo(model);
        assertThat(offer.at("/body/all_organizations").asBoolean()).isTrue();
        var history = api.get("/pricing/models?history=true&model=" + model).get("items");
        assertThat(history).hasSize(2);
        assertThat(history.get(0).get("superseded").asBoolean()).isTrue();
        assertThat(history.get(0).get("input_price").asText()).isEqualTo("2");
        assertThat(history.get(1).get("superseded").asBoolean()).isFalse();
        // A call without a price is given one by whoever came to the price above before.
        api.record(call("b", "2025-06-01T10:00:00Z").replace(model, "other-" + model));
        admin.setPrice(null, price("1", "").replace(model, "other-" + model));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(costs().get("total_cost").asText()).isEqualTo("0.003"));
        organizations.settle(organization);

        admin.reprice(
                organization,
                offer.get("body")
                        .toString()
                        .replace("\"all_organizations\":true", "\"all_organizations\":false")
                        .replace("\"dry_run\":true", "\"dry_run\":false"));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(costs().get("total_cost").asText()).isEqualTo("0.006"));
        organizations.settle(organization);
        // The answer to a repeat is what the record cost when it was taken.
        assertThat(cost(api.record(call("a", "2025-06-01T10:00:00Z")))).isEqualTo("0.002");
    }

    @Test
    void aPriceOfTheFuture_offersNothing() {
        admin.setPrice(null, price("2", ""));
        api.record(call("a", "2025-06-01T10:00:00Z"));

        var later = admin.setPrice(null, price("5", "\"effective_date\": \"2990-01-01\","));

        assertThat(Api.json(later.asString()).get("reprice").isNull()).isTrue();
    }

    @Test
    void aReportedCost_givesWayToAPrice() {
        api.record("""
                {"id": "a", "timestamp": "2025-06-01T10:00:00Z", "provider": "acme", "model": "%s", "input_tokens": 1000,
                 "reported_cost": 7}
                """.formatted(model));
        assertThat(costs().get("total_cost").asText()).isEqualTo("7");

        admin.setPrice(null, price("2", ""));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(costs().get("total_cost").asText()).isEqualTo("0.002"));
        organizations.settle(organization);
    }

    @Test
    void asOf_showsWhatWasKnown() {
        api.record(call("a", "2025-06-01T10:00:00Z"));
        assertThat(costs().get("unpriced_requests").asLong()).isEqualTo(1);
        var before = java.time.Instant.now();
        admin.setPrice(null, price("2", ""));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(costs().get("total_cost").asText()).isEqualTo("0.002"));
        organizations.settle(organization);

        var then =
                api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-30&as_of=" + before);
        assertThat(then.get("total_cost").asText()).isEqualTo("0");
        assertThat(then.get("requests").asLong()).isEqualTo(1);
        assertThat(then.get("unpriced_requests").asLong()).isEqualTo(1);
        var earlier = api.get(
                "/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-30&as_of=2025-07-01T00:00:00Z");
        assertThat(earlier.get("requests").asLong()).isZero();
    }

    @Test
    void listsTheCatalogue_byPages() {
        var first = api.get("/pricing/models?provider=anthropic&limit=5");
        assertThat(first.get("items")).hasSize(5);
        var second = api.get("/pricing/models?provider=anthropic&limit=1000&cursor="
                + first.get("next_cursor").asText());
        var whole = api.get("/pricing/models?provider=anthropic&limit=1000");
        assertThat(whole.get("next_cursor").isNull()).isTrue();
        assertThat(first.get("items").size() + second.get("items").size())
                .isEqualTo(whole.get("items").size());
        var sonnet = api.get("/pricing/models?search=anthropic/claude-sonnet-4-5&provider=anthropic")
                .at("/items/0");
        assertThat(sonnet.get("input_price").asText()).isEqualTo("3");
        assertThat(sonnet.get("cache_write_1h_price").asText()).isEqualTo("6");
        assertThat(sonnet.get("effective_date").isNull()).isTrue();
        assertThat(sonnet.at("/steps/0/above_tokens").asLong()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'model_name': 'm', 'input_price': 1} | provider",
                "{'provider': 'p', 'input_price': 1} | model_name",
                "{'provider': 'p', 'model_name': 'm'} | input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': -1} | input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': '0.0000000001'} | input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1e99} | input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 'x'} | input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'batch_input_price': -1} | batch_input_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'effective_date': '1999-01-01'} | effective_date",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'effective_date': 'soon'} | effective_date",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'model_tier': 'huge'} | model_tier",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'quality_score': 101} | quality_score",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'region_uplifts': {'eu': 0}} | region_uplifts.eu",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'region_uplifts': {'eu': 1, 'EU': 2}} | region_uplifts",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'fast_output_price': -1} | fast_output_price",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'region_uplifts': {'eu': null}} | region_uplifts.eu",
                "{'provider': 'p', 'model_name': '*', 'input_price': 1} | model_name",
                "{'provider': '*', 'model_name': 'm', 'input_price': 1} | provider",
                "{'provider': 'p', 'model_name': 'm', 'discount_percent': 5} | discount_percent",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'aliases': ['*']} | aliases[0]",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'aliases': [null]} | aliases[0]",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'steps': [{}]} | steps[0].above_tokens",
                "{'provider': 'p', 'model_name': 'm', 'input_price': 1, 'steps': [null]} | steps[0]"
            })
    void refusesAPrice_namingTheField(String body, String field) {
        admin.setPrice(null, body.replace('\'', '"')).then().statusCode(422).body("errors.field", hasItem(field));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'provider': 'p', 'model_name': 'm', 'discount_percent': -1} | discount_percent",
                "{'provider': 'p', 'model_name': 'm', 'discount_percent': 100.5} | discount_percent",
                "{'provider': 'p', 'model_name': 'm', 'discount_percent': 1.234} | discount_percent",
                "{'provider': 'p', 'model_name': 'm', 'discount_percent': 5, 'input_price': 1} | discount_percent",
                "{'provider': '*', 'model_name': 'm', 'discount_percent': 5} | provider"
            })
    void refusesADiscount_namingTheField(String body, String field) {
        admin.setPrice(organization, body.replace('\'', '"'))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem(field));
    }

    @Test
    void onlyPlatformAdminsSetPrices() {
        api.setPrice(null, price("1", "")).then().statusCode(403);
        new Api(TestTokens.userToken(organization, "ann"))
                .setPrice(null, price("1", ""))
                .then()
                .statusCode(403);
        admin.setPrice(null, "nonsense").then().statusCode(equalTo(400));
    }

    private JsonNode costs() {
        return api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-30");
    }

    private static String cost(JsonNode answer) {
        return answer.at("/records/0/total_cost").asText();
    }

    private String call(String id, String timestamp) {
        return """
                {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": 1000}
                """.formatted(id, timestamp, model);
    }

    private String price(String input, String more) {
        return """
                {"provider": "acme", "model_name": "%s", %s "input_price": "%s"}
                """.formatted(model, more, input);
    }
}
