package dev.centime.recommendation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Tokens;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Caller;
import dev.centime.kit.testing.ForgedCursors;
import dev.centime.kit.testing.ForgedCursors.Listed;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestOrganizations;
import dev.centime.kit.testing.TestTokens;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.SomeAdvice;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class RecommendationIT {
    private static final Model GPT = new Model("openai", "gpt-4.1", null, null);
    private static final Instant NOW = FixedClock.NOW;

    TestPostgres.Database database;

    @Inject
    Facts facts;

    @Inject
    Projections projections;

    private String organization;

    @BeforeEach
    void aTenantOfItsOwn() {
        organization = "o-" + UUID.randomUUID();
        TestOrganizations.create(database, "recommendation", Organization.named(organization, "A tenant"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin().get("/api/v1/recommendations").statusCode() == 200);
    }

    @Test
    void cursorsAreRefused_whereTheyAreNotFrom() {
        ForgedCursors.areRefused(
                organization,
                this::admin,
                Listed.own("/api/v1/recommendations", "7", "r", "o"),
                Listed.own("/api/v1/recommendations?status=pending", "7.5", "r", "o"),
                Listed.own("/api/v1/recommendations?sort=created_at", "1790000000.123456", "r", "o"),
                Listed.own("/api/v1/recommendations?sort=-estimated_savings", "0.01", "r", "o"));
    }

    @Test
    void recommendsACheaperModel_byWhatTheSameCallsWouldHaveCost() {
        awaitViews(calls());

        generate()
                .body("made", hasSize(1))
                .body("period_start", equalTo("2026-10-24"))
                .body("period_end", equalTo("2026-11-22"));

        // Ten days with 100 calls of 10,000 tokens in and 1,000 out, and one of 50,000 in with a search: above
        // gpt-4.1's step at
        // 32,000, and not above the other's at 128,000.
        one().body("recommendation_type", equalTo("model_downgrade"))
                .body("status", equalTo("pending"))
                .body("title", equalTo("Use gpt-4.1-mini instead of gpt-4.1 for chat"))
                .body("recommended_action.to_model", equalTo("gpt-4.1-mini"))
                .body("analysis_data.requests", is(1010))
                .body("analysis_data.total_tokens", is(11_500_000))
                .body("analysis_data.current_cost", equalTo("30.1"))
                .body("analysis_data.repriced_cost", equalTo("5.9"))
                .body("estimated_savings", equalTo("72.6"))
                .body("current_monthly_cost", equalTo("90.3"))
                .body("projected_monthly_cost", equalTo("17.7"))
                .body("savings_percentage", is(80.4f))
                .body("quality_impact", equalTo("unknown"))
                .body("quality_score_change", nullValue())
                .body("implementation_difficulty", equalTo("easy"))
                .body("confidence_score", is(0.57f))
                .body("priority_score", is(86))
                .body("valid_until", equalTo("2026-12-22T10:00:00Z"))
                .body("analysis_data.filter.operation", contains("chat"));
    }

    @Test
    void savesExactlyWhatEachCallRepricedByItselfWouldSave() {
        var sizes = List.of(1L, 999L, 31_999L, 32_000L, 32_001L, 127_999L, 128_000L, 128_001L, 300_000L);
        var mini = new Model("openai", "gpt-4.1-mini", null, null);
        var events = new ArrayList<NewEvent>();
        var saved = Money.ZERO;
        for (int round = 0; round < 20; round++) {
            for (long size : sizes) {
                var tokens = Tokens.of(size, 7 + round);
                events.add(facts.call(NOW.minusSeconds(60), GPT, "chat", tokens, Map.of()));
                saved = saved.plus(facts.cost(GPT, tokens, Map.of()).totalOrZero())
                        .minus(facts.cost(mini, tokens, Map.of()).totalOrZero());
            }
        }
        awaitViews(facts.append(organization, events));

        generate().body("made", hasSize(1));

        var current = one().extract().<String>path("analysis_data.current_cost");
        var repriced = one().extract().<String>path("analysis_data.repriced_cost");
        assertThat(Money.of(current).minus(Money.of(repriced))).isEqualTo(saved);
    }

    @Test
    void aCallThatTurnsOutLarger_isRepricedAsWhatItIsNow() {
        var small = Tokens.of(31_999, 1);
        var large = Tokens.of(32_001, 9_000);
        var mini = new Model("openai", "gpt-4.1-mini", null, null);
        var events = new ArrayList<NewEvent>();
        for (int call = 0; call < 20; call++) {
            events.add(facts.call(NOW.minusSeconds(60), GPT, "chat", small, Map.of()));
            events.add(facts.corrected(NOW.minusSeconds(60), GPT, "chat", small, large));
        }
        awaitViews(facts.append(organization, events));

        generate().body("made", hasSize(1));

        one().body("analysis_data.requests", is(20)).body("analysis_data.total_tokens", is(20 * 41_001));
        assertThat(Money.of(one().extract().<String>path("analysis_data.current_cost")))
                .isEqualTo(times(20, facts.cost(GPT, large, Map.of())));
        assertThat(Money.of(one().extract().<String>path("analysis_data.repriced_cost")))
                .isEqualTo(times(20, facts.cost(mini, large, Map.of())));
    }

    @Test
    void aBucketThatGrew_isAsManyCallsAsItIsNow() {
        var events = new ArrayList<NewEvent>();
        for (int call = 0; call < 20; call++) {
            events.add(facts.call(NOW.minusSeconds(60), GPT, "chat", Tokens.of(2_000, 9_000), Map.of()));
            events.add(facts.corrected(
                    NOW.minusSeconds(60), GPT, "chat", Tokens.of(2_000, 9_000), Tokens.of(6_000, 27_000), 3));
        }
        awaitViews(facts.append(organization, events));

        generate().body("made", hasSize(1));

        one().body("analysis_data.requests", is(60)).body("analysis_data.total_tokens", is(20 * 33_000));
    }

    private static Money times(int count, Cost cost) {
        return Money.of(cost.totalOrZero().amount().multiply(java.math.BigDecimal.valueOf(count)));
    }

    @Test
    void looksAtCallsWithAKnownCostOnly() {
        var tokens = Tokens.of(1_000_000, 100_000);
        var nothing = new Cost(
                Cost.Source.CALCULATED,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                Money.ZERO,
                null);
        awaitViews(facts.append(
                organization,
                List.of(
                        facts.call(NOW, GPT, "chat", tokens, Map.of(), Cost.UNPRICED, false),
                        facts.call(NOW, GPT, "chat", tokens, Map.of(), nothing, true))));
        generate().body("made", empty());

        awaitViews(facts.append(
                organization,
                List.of(facts.repriced(NOW, GPT, "chat", tokens, Cost.UNPRICED, Cost.reported(Money.of("7"))))));
        generate().body("made", hasSize(1));

        one().body("analysis_data.requests", is(1)).body("analysis_data.current_cost", equalTo("7"));
    }

    @Test
    void findsTheSameOnce_andSaysSoWhenItHasChanged() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");

        generate().body("made", empty()).body("revised", empty()).body("unchanged", is(1));
        awaitViews(facts.append(
                organization, List.of(facts.call(NOW, GPT, "chat", Tokens.of(1_000_000, 1_000_000), Map.of()))));
        generate().body("made", empty()).body("revised", contains(id));
    }

    @Test
    void isMadeOnce_whenManyGenerateAtOnce() {
        awaitViews(calls());

        var answers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> admin().contentType("application/json")
                        .post("/api/v1/recommendations/generate")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<List<String>>path("made")))
                .toList();

        assertThat(answers.stream().flatMap(answer -> answer.join().stream())).hasSize(1);
    }

    @Test
    void isAccepted_andStaysSo() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");

        var position = admin().contentType("application/json")
                .body("{\"reason\": \"tried it\"}")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(200)
                .body("status", equalTo("accepted"))
                .extract()
                .header("Centime-Position");
        admin().contentType("application/json")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(200);
        admin().contentType("application/json")
                .body("{\"reason\": \"no\"}")
                .post("/api/v1/recommendations/" + id + "/reject")
                .then()
                .statusCode(409)
                .contentType("application/problem+json");

        admin().header("Centime-At-Least", position)
                .get("/api/v1/recommendations/" + id)
                .then()
                .statusCode(200)
                .body("status", equalTo("accepted"))
                .body("reason", equalTo("tried it"))
                .body("answered_by", notNullValue())
                .body("valid_until", nullValue());
        generate().body("made", empty()).body("unchanged", is(1));
        admin().get("/api/v1/recommendations/summary")
                .then()
                .body("by_status.accepted", is(1))
                .body("accepted_savings", equalTo("72.6"))
                .body("potential_savings", equalTo("0"));
    }

    @Test
    void isRejectedWithAReason() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");

        for (var body : List.of("{}", "{\"reason\": \" \"}", "{\"reason\": null}")) {
            admin().contentType("application/json")
                    .body(body)
                    .post("/api/v1/recommendations/" + id + "/reject")
                    .then()
                    .statusCode(422)
                    .body("errors[0].field", equalTo("reason"));
        }
        admin().contentType("application/json")
                .body("{\"reason\": \"we need the larger one\"}")
                .post("/api/v1/recommendations/" + id + "/reject")
                .then()
                .statusCode(200)
                .body("status", equalTo("rejected"));
    }

    @Test
    void isArchived_whenNobodyAnswersInTime() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");
        one().body("status", equalTo("pending"));

        // As if it had been made long ago: its time is over already.
        var longAgo = Instant.parse("2026-01-01T00:00:00Z");
        var late = new RecommendationEvent.Revised(id, SomeAdvice.to("other", "20"), NOW, longAgo);
        awaitViews(facts.append(organization, List.of(facts.told(late))));

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        admin().get("/api/v1/recommendations/" + id).then().body("status", equalTo("archived")));
    }

    @Test
    void aUserReadsButDoesNotAnswer() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");
        var user = TestTokens.userToken(organization, "ada");

        given().auth().oauth2(user).get("/api/v1/recommendations/" + id).then().statusCode(200);
        given().auth()
                .oauth2(user)
                .get("/api/v1/recommendations")
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        given().auth()
                .oauth2(user)
                .contentType("application/json")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(user)
                .contentType("application/json")
                .post("/api/v1/recommendations/generate")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(TestTokens.ingestToken(organization))
                .get("/api/v1/recommendations")
                .then()
                .statusCode(403);
    }

    @Test
    void anotherOrganizationSeesNothing() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");
        aTenantOfItsOwn();

        admin().get("/api/v1/recommendations/" + id).then().statusCode(404);
        admin().get("/api/v1/recommendations").then().body("items", empty());
        admin().contentType("application/json")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(404);
    }

    @Test
    void aPlatformAdminReadsOverAllOrganizations() {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");

        // The same calls make the same advice, in whatever organization.
        overAll("?limit=1000&status=pending")
                .body("items.findAll { it.id == '" + id + "' }.organization_id", hasItem(organization));
        overAll("/" + id).body("id", equalTo(id)).body("organization_id", notNullValue());
        int all = overAll("/summary").extract().path("total");
        int own = admin().get("/api/v1/recommendations/summary").path("total");
        assertThat(all).isGreaterThanOrEqualTo(own);
        given().auth()
                .oauth2(TestTokens.platformAdminToken(Caller.ALL_ORGANIZATIONS))
                .get("/api/v1/recommendations/model-alternatives?current_model=gpt-4.1")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("X-Organization"));
    }

    private static ValidatableResponse overAll(String query) {
        return given().auth()
                .oauth2(TestTokens.platformAdminToken(Caller.ALL_ORGANIZATIONS))
                .get("/api/v1/recommendations" + query)
                .then()
                .statusCode(200);
    }

    @Test
    void listsByPages_inTheOrderAskedFor() {
        var events = new ArrayList<NewEvent>();
        for (int operation = 1; operation <= 3; operation++) {
            events.add(facts.call(NOW, GPT, "op-" + operation, Tokens.of(operation * 1_000_000L, 0), Map.of()));
        }
        awaitViews(facts.append(organization, events));
        generate().body("made", hasSize(3));
        var path = "/api/v1/recommendations?sort=-estimated_savings&limit=2&status=pending&type=model_downgrade";

        var first = admin().get(path)
                .then()
                .statusCode(200)
                .body("items.analysis_data.filter.operation.flatten()", contains("op-3", "op-2"))
                .extract();
        admin().get(path + "&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.analysis_data.filter.operation.flatten()", contains("op-1"))
                .body("next_cursor", nullValue());
        admin().get("/api/v1/recommendations?min_savings=100").then().body("items", hasSize(2));
        admin().get("/api/v1/recommendations?status=accepted").then().body("items", empty());
    }

    @ParameterizedTest
    @CsvSource({
        "status=open, status",
        "type=magic, type",
        "min_savings=much, min_savings",
        "min_savings=-1, min_savings",
        "min_savings=1e999999999, min_savings",
        "sort=colour, sort",
        "limit=0, limit",
        "cursor=x, cursor"
    })
    void namesTheParameterAtFault(String query, String field) {
        admin().get("/api/v1/recommendations?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "0123456789abcdef0123-1", "0123456789abcdef0123-99999999999999999999", "-"})
    void knowsNoSuchRecommendation(String id) {
        admin().get("/api/v1/recommendations/" + id).then().statusCode(404);
        admin().contentType("application/json")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(404);
    }

    @Test
    void comparesModelsForAUse() {
        awaitViews(calls());

        admin().get("/api/v1/recommendations/model-alternatives?current_model=gpt-4.1&use_case=chat")
                .then()
                .statusCode(200)
                .body("requests", is(1010))
                .body("current_cost", equalTo("30.1"))
                .body("alternatives.model", contains("gpt-4.1-mini"))
                .body("alternatives[0].repriced_cost", equalTo("5.9"));
        admin().get("/api/v1/recommendations/model-alternatives").then().statusCode(400);
        admin().get("/api/v1/recommendations/model-alternatives?current_model=other")
                .then()
                .statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"usage-by-day", "recommendations"})
    void isTheFoldOfTheLog_alsoAfterARebuild(String view) throws SQLException {
        awaitViews(calls());
        String id = generate().extract().path("made[0]");
        admin().contentType("application/json")
                .post("/api/v1/recommendations/" + id + "/accept")
                .then()
                .statusCode(200);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> one().body(
                        "status", equalTo("accepted")));
        var before = rows();

        projections.rebuild(view).await().indefinitely();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.rebuilds().await().indefinitely().stream()
                        .allMatch(rebuild -> rebuild.finishedAt() != null));

        assertThat(rows()).isEqualTo(before).isNotEmpty();
    }

    private RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.orgAdminToken(organization));
    }

    /** Finds what there is to find, and waits until it is to be seen. */
    private ValidatableResponse generate() {
        var found = admin().contentType("application/json")
                .post("/api/v1/recommendations/generate")
                .then()
                .statusCode(200);
        awaitViews(Position.parse(found.extract().header("Centime-Position")));
        return found;
    }

    /** The only recommendation there is. */
    private ValidatableResponse one() {
        List<String> ids = admin().get("/api/v1/recommendations")
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
        assertThat(ids).hasSize(1);
        return admin().get("/api/v1/recommendations/" + ids.getFirst()).then().statusCode(200);
    }

    private Position calls() {
        var events = new ArrayList<NewEvent>();
        for (int day = 0; day < 10; day++) {
            var at = NOW.minus(Duration.ofDays(day));
            for (int call = 0; call < 100; call++) {
                events.add(facts.call(at, GPT, "chat", Tokens.of(10_000, 1_000), Map.of()));
            }
            events.add(facts.call(at, GPT, "chat", Tokens.of(50_000, 0), Map.of("web_search", 1L)));
        }
        return facts.append(organization, events);
    }

    private void awaitViews(Position position) {
        for (var name : projections.names()) {
            assertThat(projections
                            .await(name, position, Duration.ofSeconds(60))
                            .await()
                            .indefinitely())
                    .isTrue();
        }
    }

    private String rows() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var found = statement.executeQuery("""
                        SELECT (SELECT string_agg(u::text, ',' ORDER BY u::text) FROM recommendation.usage u WHERE organization = '%1$s')
                            || (SELECT string_agg(r::text, ',') FROM recommendation.recommendation r WHERE organization = '%1$s')
                        """.formatted(organization))) {
            found.next();
            return found.getString(1);
        }
    }
}
