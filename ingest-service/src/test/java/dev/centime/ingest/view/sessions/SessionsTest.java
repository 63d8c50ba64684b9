package dev.centime.ingest.view.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What sessions add up to, who sees them, in which order. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class SessionsTest {
    private static final String YEAR = "start_date=2025-01-01&end_date=2025-12-31";

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
    void aSession_isTheSumOfItsCalls() {
        api.record("""
                [{"timestamp": "2025-03-02T10:00:00Z", "model": "claude-sonnet-4-5", "session": "s", "input_tokens": 1000,
                  "cache_read_tokens": 2000, "cache_write_tokens": 300, "cache_write_1h_tokens": 40, "output_tokens": 500,
                  "reasoning_tokens": 100, "latency_ms": 100, "units": 2.5},
                 {"timestamp": "2025-03-01T10:00:00Z", "model": "claude-haiku-4-5", "session": "s", "input_tokens": 1000,
                  "latency_ms": 301, "status": "error"},
                 {"timestamp": "2025-03-03T10:00:00Z", "provider": "acme", "model": "nobody-knows", "session": "s",
                  "input_tokens": 5},
                 {"timestamp": "2025-03-03T10:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 1000}]
                """);

        var session = api.get("/sessions/s");

        assertThat(session).isEqualTo(Api.json("""
                {"session":"s","first_call_at":"2025-03-01T10:00:00Z","last_call_at":"2025-03-03T10:00:00Z",\
                "models":["claude-haiku-4-5","claude-sonnet-4-5","nobody-knows"],"requests":3,"unpriced_requests":1,\
                "error_count":1,"input_tokens":2005,"output_tokens":500,"cache_read_tokens":2000,"cache_write_tokens":340,\
                "reasoning_tokens":100,"total_tokens":4845,"total_cost":"0.013465","input_cost":"0.004",\
                "output_cost":"0.0075","cache_read_cost":"0.0006","cache_write_cost":"0.001365","other_cost":"0",\
                "cache_savings":"0.0054","units":2.5,"avg_latency_ms":200.5,"cost_class":"yellow",\
                "budget_allocated":null}"""));
        assertThat(api.get("/sessions?" + YEAR).get("items")).containsExactly(session);
        api.response("/sessions/other").then().statusCode(404);
    }

    @Test
    void figuresAreThoseOfTheBreakdown_afterLateAndRepeatedCalls() {
        var random = new Random(7);
        for (int batch = 0; batch < 3; batch++) {
            var calls = new ArrayList<String>();
            for (int i = 0; i < 60; i++) {
                calls.add(call("s" + random.nextInt(9), "2025-0" + (1 + random.nextInt(9)) + "-11", "m" + i % 3)
                        .replace("{", "{\"id\": \"c" + random.nextInt(120) + "\","));
            }
            api.record(calls.toString());
        }

        var breakdown = api.get("/costs/breakdown?dimension=session&limit=100&" + YEAR);
        var sessions = api.get("/sessions?sort=-cost&limit=100&" + YEAR).get("items");

        assertThat(texts(sessions, "session")).containsExactlyElementsOf(texts(breakdown.get("items"), "key"));
        for (var column : List.of("total_cost", "requests", "total_tokens", "output_tokens", "avg_latency_ms")) {
            assertThat(texts(sessions, column)).as(column).isEqualTo(texts(breakdown.get("items"), column));
        }
    }

    @Test
    void sorts_byWhatIsAskedFor_andPagesAreDisjoint() {
        api.record("["
                + String.join(
                        ",",
                        call("a", "2025-03-01", "m", "0.3", 10),
                        call("b", "2025-03-03", "m", "0.1", 30),
                        call("c", "2025-03-02", "m", "0.2", 20),
                        call("c", "2025-03-02", "m", "0", 0),
                        call("d", "2025-03-04", "m", "0.1", 5))
                + "]");

        order("", "d", "b", "c", "a");
        order("sort=recent", "a", "c", "b", "d");
        order("sort=-cost", "a", "c", "b", "d");
        order("sort=cost", "b", "d", "c", "a");
        order("sort=-tokens", "b", "c", "a", "d");
        order("sort=-messages", "c", "a", "b", "d");
        order("sort=session", "a", "b", "c", "d");
        order("min_cost=0.1&max_cost=0.2&sort=session", "b", "c", "d");
    }

    @Test
    void pagesStandStill_whileOtherSessionsBegin() {
        for (var session : List.of("a", "b", "c")) {
            api.record(call(session, "2025-03-01", "m", "1", 1));
        }
        var first = api.get("/sessions?limit=2&" + YEAR);
        api.record(call("new", "2025-03-09", "m", "1", 1));
        var second = api.get("/sessions?limit=2&" + YEAR + "&cursor="
                + first.get("next_cursor").asText());

        assertThat(texts(first.get("items"), "session")).containsExactly("a", "b");
        assertThat(texts(second.get("items"), "session")).containsExactly("c");
        assertThat(second.get("next_cursor").isNull()).isTrue();
        api.response("/sessions?limit=2&sort=cost&" + YEAR + "&cursor="
                        + first.get("next_cursor").asText())
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void filters_byWhatItsCallsWere_andByWhenTheyWere() {
        api.record("""
                [{"timestamp": "2025-02-01T00:00:00Z", "model": "m1", "provider": "acme", "session": "a", "reported_cost": 1,
                  "project": "x", "tags": {"team": "red"}},
                 {"timestamp": "2025-04-01T00:00:00Z", "model": "m2", "provider": "acme", "session": "a", "reported_cost": 2,
                  "user": "ann"},
                 {"timestamp": "2025-03-01T00:00:00Z", "model": "m2", "provider": "acme", "session": "b", "reported_cost": 4,
                  "user": "bob"}]
                """);

        order("model=m1", "a");
        order("model=m2&sort=session", "a", "b");
        order("model=m2&user=bob", "b");
        order("tag.team=red", "a");
        order("project=y");
        order("session=b", "b");
        assertThat(api.get("/sessions?model=m1&" + YEAR)
                        .at("/items/0/total_cost")
                        .asText())
                .isEqualTo("3");
        assertThat(texts(
                        api.get("/sessions?start_date=2025-03-01&end_date=2025-03-02&sort=session")
                                .get("items"),
                        "session"))
                .containsExactly("b");
        assertThat(texts(
                        api.get("/sessions?start_date=2025-04-01&end_date=2025-04-02")
                                .get("items"),
                        "session"))
                .containsExactly("a");
    }

    @Test
    void aSessionWithoutACallInThePeriod_isNotListed() {
        api.record("""
                [{"timestamp": "2025-02-01T00:00:00Z", "model": "m1", "provider": "acme", "session": "around", "reported_cost": 1,
                  "user": "ann"},
                 {"timestamp": "2025-04-01T00:00:00Z", "model": "m2", "provider": "acme", "session": "around", "reported_cost": 2,
                  "user": "ann"},
                 {"timestamp": "2025-02-01T00:00:00Z", "model": "m1", "provider": "acme", "session": "through", "reported_cost": 1,
                  "user": "ann"},
                 {"timestamp": "2025-03-05T00:00:00Z", "model": "m2", "provider": "acme", "session": "through", "reported_cost": 4,
                  "user": "ann"},
                 {"timestamp": "2025-04-01T00:00:00Z", "model": "m3", "provider": "acme", "session": "through", "reported_cost": 2,
                  "user": "ann"}]
                """);
        var march = "/sessions?start_date=2025-03-01&end_date=2025-03-31";

        for (var filter :
                List.of("", "&user=ann", "&session=around&session=through", "&model=m2", "&user=ann&model=m2")) {
            assertThat(texts(api.get(march + filter).get("items"), "session"))
                    .as(filter)
                    .containsExactly("through");
        }
        assertThat(api.get(march).at("/items/0/total_cost").asText()).isEqualTo("7");
        assertThat(api.get(march + "&model=m1").get("items")).isEmpty();
        assertThat(texts(
                        api.get("/sessions?start_date=2025-02-01&end_date=2025-02-01&model=m1&sort=session")
                                .get("items"),
                        "session"))
                .containsExactly("around", "through");
        var shown = Api.json(api.response("/costs/export?layout=sessions&format=json"
                        + march.substring(9).replace('?', '&'))
                .asString());
        assertThat(texts(shown, "session")).containsExactly("through");
    }

    @Test
    void aUserSeesHisPart_andNobodyElses() {
        api.record("[" + call("s", "2025-03-01", "m", "1", 1).replace("{", "{\"user\": \"ann\",") + ","
                + call("s", "2025-03-01", "m", "2", 1).replace("{", "{\"user\": \"bob\",") + ","
                + call("t", "2025-03-01", "m", "4", 1).replace("{", "{\"user\": \"bob\",") + "]");
        var ann = new Api(TestTokens.userToken(organization, "ann"));

        assertThat(api.get("/sessions/s").get("total_cost").asText()).isEqualTo("3");
        assertThat(ann.get("/sessions/s").get("total_cost").asText()).isEqualTo("1");
        assertThat(texts(ann.get("/sessions?" + YEAR).get("items"), "session")).containsExactly("s");
        ann.response("/sessions/t").then().statusCode(404);
        ann.response("/sessions?user=bob").then().statusCode(403);
        assertThat(new Api(TestTokens.orgAdminToken(organizations.create("UTC")))
                        .get("/sessions?" + YEAR)
                        .get("items"))
                .isEmpty();
        new Api(TestTokens.platformAdminToken("*")).response("/sessions").then().statusCode(400);
        new Api(TestTokens.ingestToken(organization))
                .response("/sessions")
                .then()
                .statusCode(403);
    }

    @Test
    void aSharedSession_isWholeForAdministrators_whoeverOfItsPeopleWasInThePeriod() {
        api.record("[" + call("s", "2025-03-01", "m", "1", 10).replace("{", "{\"user\": \"ann\",") + ","
                + call("s", "2025-05-01", "n", "2", 20).replace("{", "{\"user\": \"bob\",") + ","
                + call("s", "2025-06-01", "n", "8", 30) + "]");
        var march = "/sessions?start_date=2025-03-01&end_date=2025-03-31";
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        var bob = new Api(TestTokens.userToken(organization, "bob"));

        for (var filter : List.of("", "&model=m", "&min_cost=11", "&sort=-tokens")) {
            var whole = api.get(march + filter).at("/items/0");
            assertThat(whole.get("total_cost").asText()).as(filter).isEqualTo("11");
            assertThat(whole.get("requests").asLong()).isEqualTo(3);
            assertThat(whole.get("models")).hasSize(2);
        }
        var part = api.get(march + "&user=ann");
        assertThat(part.at("/items/0/total_cost").asText()).isEqualTo("1");
        assertThat(part.at("/items/0/models")).hasSize(1);
        assertThat(ann.get(march)).isEqualTo(part);
        assertThat(ann.get(march + "&user=ann").get("items")).isEqualTo(part.get("items"));
        assertThat(bob.get(march).get("items")).isEmpty();
        assertThat(api.get(march + "&user=bob").get("items")).isEmpty();
        assertThat(api.get(march + "&user=ann&user=bob")
                        .at("/items/0/total_cost")
                        .asText())
                .isEqualTo("3");
        assertThat(bob.get("/sessions/s").get("total_cost").asText()).isEqualTo("2");
    }

    @Test
    void equalValues_comeOnce_inEitherDirection_whileOthersBegin() {
        for (int i = 0; i < 7; i++) {
            api.record(call("s" + i, "2025-03-01", "m", "1", 10));
        }
        for (var sort : List.of("cost", "-cost", "recent", "-recent", "tokens", "-tokens", "messages", "-messages")) {
            var shown = new ArrayList<String>();
            for (var cursor = ""; cursor != null; ) {
                var page = api.get("/sessions?max_cost=1&limit=2&sort=" + sort + "&" + YEAR + cursor);
                shown.addAll(texts(page.get("items"), "session"));
                api.record(call(sort + shown.size(), "2025-03-02", "m", "9", 90));
                cursor = page.get("next_cursor").isNull()
                        ? null
                        : "&cursor=" + page.get("next_cursor").asText();
            }
            assertThat(shown).as(sort).containsExactly("s0", "s1", "s2", "s3", "s4", "s5", "s6");
        }
    }

    @Test
    void sessionsAreOneRow_whereIndividualsAreNotShown() {
        var secret = organizations.create("UTC", false);
        var admin = new Api(TestTokens.orgAdminToken(secret));
        admin.record("[" + call("s", "2025-03-01", "m", "1", 1) + "," + call("t", "2025-03-02", "m", "2", 1) + "]");

        var items = admin.get("/sessions?" + YEAR).get("items");

        assertThat(items).hasSize(1);
        assertThat(items.get(0).get("session").isNull()).isTrue();
        assertThat(items.get(0).get("models")).isEmpty();
        assertThat(items.get(0).get("total_cost").asText()).isEqualTo("3");
        admin.response("/sessions/s").then().statusCode(403);
        admin.response("/sessions?session=s&" + YEAR).then().statusCode(403);
        admin.response("/sessions?min_cost=2&" + YEAR).then().statusCode(403);
        admin.response("/usage?" + YEAR).then().statusCode(403);
        admin.response("/costs/export?" + YEAR).then().statusCode(403);
        assertThat(new Api(TestTokens.platformAdminToken(secret))
                        .get("/sessions?" + YEAR)
                        .get("items"))
                .hasSize(2);
    }

    @Test
    void aPriceThatComesLater_changesTheTotal() {
        var model = "model-" + UUID.randomUUID();
        api.record("""
                {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "%s", "session": "s", "input_tokens": 1000}
                """.formatted(model));
        assertThat(api.get("/sessions/s").get("unpriced_requests").asLong()).isEqualTo(1);

        new Api(TestTokens.platformAdminToken(organization))
                .setPrice(organization, """
                        {"provider": "acme", "model_name": "%s", "input_price": 2, "output_price": 10,
                         "effective_date": "2020-01-01"}
                        """.formatted(model))
                .then()
                .statusCode(201);

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    var session = api.get("/sessions/s");
                    assertThat(session.get("total_cost").asText()).isEqualTo("0.002");
                    assertThat(session.get("unpriced_requests").asLong()).isZero();
                    assertThat(session.get("requests").asLong()).isEqualTo(1);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=beauty",
                "min_cost=much",
                "max_cost=1e99",
                "limit=0",
                "cursor=abc",
                "days=0",
                "as_of=2025-01-01T00:00:00Z",
                "start_date=2025-02-01&end_date=2025-01-01",
                "tag.=x"
            })
    void refusesAQuery_namingTheParameter(String parameters) {
        api.response("/sessions?" + parameters).then().statusCode(400).body("errors.size()", equalTo(1));
    }

    private void order(String parameters, String... sessions) {
        var seen = new ArrayList<String>();
        var cursor = "";
        do {
            var page = api.get("/sessions?limit=1&" + YEAR + (parameters.isEmpty() ? "" : "&" + parameters) + cursor);
            seen.addAll(texts(page.get("items"), "session"));
            cursor = page.get("next_cursor").isNull()
                    ? ""
                    : "&cursor=" + page.get("next_cursor").asText();
        } while (!cursor.isEmpty());
        assertThat(seen).as(parameters).containsExactly(sessions);
    }

    private static List<String> texts(JsonNode items, String field) {
        var texts = new ArrayList<String>();
        items.forEach(item -> texts.add(item.get(field).asText()));
        return texts;
    }

    private static String call(String session, String day, String model) {
        return call(session, day, model, "0." + (1 + Math.abs(session.hashCode() + day.hashCode()) % 97), 7);
    }

    private static String call(String session, String day, String model, String cost, int tokens) {
        return """
                {"timestamp": "%sT12:00:00Z", "provider": "acme", "model": "%s", "session": "%s", "reported_cost": "%s",
                 "output_tokens": %d, "latency_ms": 5}
                """.formatted(day, model, session, new BigDecimal(cost), tokens);
    }
}
