package dev.centime.forecast;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.Organization;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Subjects;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Caller;
import dev.centime.kit.testing.ForgedCursors;
import dev.centime.kit.testing.ForgedCursors.Listed;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestOrganizations;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ForecastIT {
    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    TestPostgres.Database database;

    @Inject
    Calls calls;

    @Inject
    Subjects subjects;

    @Inject
    Projections projections;

    private String organization;

    /** One for all the requests that are refused before anything is read. */
    private static final String REFUSED = "o-" + UUID.randomUUID();

    @BeforeEach
    void aTenant(TestInfo test) {
        var refused = test.getTags().contains("refused");
        if (refused && organizationExists(REFUSED)) {
            return;
        }
        create(refused ? REFUSED : "o-" + UUID.randomUUID());
    }

    private boolean organizationExists(String id) {
        organization = id;
        return admin().get("/api/v1/costs/burn-rate").statusCode() == 200;
    }

    private void create(String id) {
        organization = id;
        var utc = Organization.named(organization, "A tenant");
        TestOrganizations.create(
                database,
                "forecast",
                new Organization(
                        organization,
                        utc.name(),
                        KOLKATA,
                        utc.weekStartsOn(),
                        utc.fiscalYearStart(),
                        utc.individualDetail(),
                        utc.detailRetentionDays()));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin().get("/api/v1/costs/burn-rate").statusCode() == 200);
    }

    @Test
    void forecastsTheWeeks_fromThoseThatWere() {
        var position = tenWeeks();

        admin().header("Centime-At-Least", position.toString())
                .get("/api/v1/costs/burn-rate")
                .then()
                .statusCode(200)
                .body("daily_average", equalTo("8.714286"));

        var answer = admin().contentType("application/json")
                .body("{\"horizon_days\": 14, \"level\": \"0.9\"}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .header("Centime-Position", notNullValue())
                .body("method", equalTo("combination"))
                .body("level", is(0.9f))
                .body("time_zone", equalTo("Asia/Kolkata"))
                .body("historical_days_used", is(70))
                .body("trend_direction", equalTo("stable"))
                .body("seasonality_detected", is(true))
                .body("points", hasSize(14))
                .body("points[0].date", equalTo("2026-11-23"))
                .body("accuracy.wape_total", notNullValue())
                .body("budget_impact", nullValue())
                .extract()
                .jsonPath();
        // Mondays to Fridays ten dollars, at the weekend five and six.
        assertThat(dollars(answer.getString("points[0].expected"))).isBetween(dollars("9.9"), dollars("10.1"));
        assertThat(dollars(answer.getString("points[5].expected"))).isBetween(dollars("4.9"), dollars("5.1"));
        assertThat(dollars(answer.getString("totals.next_7_days.expected")))
                .isBetween(dollars("60.5"), dollars("61.5"));
        assertThat(sum(answer.getList("points.expected")))
                .isEqualByComparingTo(answer.getString("totals.horizon.expected"));
    }

    @Test
    void answersTheSameForecastAgain_toWhoeverMaySeeIt() {
        tenWeeks();
        var made = admin().contentType("application/json")
                .body("{}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .extract();
        String id = made.path("forecast_id");

        var kept = admin().get("/api/v1/costs/forecast/" + id)
                .then()
                .statusCode(200)
                .extract();

        assertThat(kept.jsonPath().getMap("$")).isEqualTo(made.jsonPath().getMap("$"));
        given().auth()
                .oauth2(TestTokens.userToken(organization, "ada"))
                .get("/api/v1/costs/forecast/" + id)
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(TestTokens.orgAdminToken("default"))
                .get("/api/v1/costs/forecast/" + id)
                .then()
                .statusCode(404);
        admin().header("Centime-At-Least", made.header("Centime-Position"))
                .get("/api/v1/costs/forecasts")
                .then()
                .statusCode(200)
                .body("items.forecast_id", contains(id));
    }

    @Test
    void makesOneForecast_forOneIdempotencyKey() {
        var once = admin().contentType("application/json")
                .header("Idempotency-Key", "k-1")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200);
        var twice = admin().contentType("application/json")
                .header("Idempotency-Key", "k-1")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200);

        assertThat(twice.extract().<String>path("forecast_id"))
                .isEqualTo(once.extract().path("forecast_id"));
    }

    @Test
    void answersNothingToExpect_whenNothingWasSpent() {
        admin().contentType("application/json")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("method", equalTo("no_history"))
                .body("accuracy", nullValue())
                .body("points", hasSize(30))
                .body("totals.horizon.upper", equalTo("0"));
    }

    @Test
    void aUserForecastsOnlyWhatHeSpends() {
        var ada = subjects.idsOf(organization, List.of("ada"))
                .await()
                .indefinitely()
                .get("ada");
        var events = new ArrayList<NewEvent>();
        for (int day = 1; day <= 20; day++) {
            events.add(calls.call(noon(TODAY.minusDays(day)), Calls.GPT, Calls.of(ada), "2"));
            events.add(calls.call(noon(TODAY.minusDays(day)), Calls.GPT, Attribution.NONE, "100"));
        }
        var position = calls.append(organization, events);
        var user = TestTokens.userToken(organization, "ada");
        awaitViews(position);

        String id = given().auth()
                .oauth2(user)
                .contentType("application/json")
                .body("{\"horizon_days\": 1}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("points[0].expected", equalTo("2"))
                .body("scope.user", contains("ada"))
                .extract()
                .path("forecast_id");
        given().auth()
                .oauth2(user)
                .get("/api/v1/costs/forecast/" + id)
                .then()
                .statusCode(200)
                .body("scope.user", contains("ada"));
        given().auth().oauth2(user).get("/api/v1/costs/burn-rate").then().body("daily_average", equalTo("2"));
        given().auth()
                .oauth2(user)
                .contentType("application/json")
                .body("{\"scope\": {\"user\": \"bob\"}}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(403);
    }

    @Test
    void keepsWhatIndividualsSpendFromAdministrators_whereTheOrganizationWantsIt() {
        var hiding = "o-" + UUID.randomUUID();
        var open = Organization.named(hiding, "Discreet");
        TestOrganizations.create(
                database,
                "forecast",
                new Organization(
                        hiding,
                        open.name(),
                        open.timeZone(),
                        open.weekStartsOn(),
                        open.fiscalYearStart(),
                        false,
                        open.detailRetentionDays()));
        organization = hiding;
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> admin().get("/api/v1/costs/burn-rate").statusCode() == 200);
        var mine = given().auth()
                .oauth2(TestTokens.userToken(hiding, "ada"))
                .contentType("application/json")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .extract();
        awaitViews(Position.parse(mine.header("Centime-Position")));

        admin().get("/api/v1/costs/burn-rate?user=ada").then().statusCode(403);
        admin().contentType("application/json")
                .body("{\"scope\": {\"user\": \"ada\"}}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(403);
        admin().get("/api/v1/costs/forecast/" + mine.path("forecast_id")).then().statusCode(404);
        admin().get("/api/v1/costs/forecasts").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void countsDaysByTheZone_andScopesByAnyDimension() {
        var tagged = new Attribution(null, "web", null, "s", "r", "chat", Map.of("team", "blue"));
        var position = calls.append(
                organization,
                List.of(
                        // 18:29 is still the 21st in Kolkata, 18:30 is the 22nd.
                        calls.call(Instant.parse("2026-11-21T18:29:59Z"), Calls.GPT, tagged, "1"),
                        calls.call(Instant.parse("2026-11-21T18:30:00Z"), Calls.HAIKU, tagged, "2.000000000000000001"),
                        calls.call(Instant.parse("2026-11-22T09:00:00Z"), Calls.HAIKU, Attribution.NONE, "4")));
        awaitViews(position);

        burnRate("").body("today", equalTo("6.000000000000000001")).body("daily_average", equalTo("1"));
        burnRate("?model=claude-haiku").body("today", equalTo("6.000000000000000001"));
        burnRate("?model=gpt-4o").body("today", equalTo("0")).body("month_to_date", equalTo("1"));
        burnRate("?tag.team=blue").body("today", equalTo("2.000000000000000001"));
        burnRate("?tag.team=blue&provider=openai&provider=x").body("month_to_date", equalTo("1"));
        burnRate("?project=web&operation=chat").body("month_to_date", equalTo("3.000000000000000001"));
        admin().get("/api/v1/costs/burn-rate?session=s")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("session"));
    }

    @Test
    void aCorrectionMovesTheDayOfTheCall() {
        calls.append(organization, List.of(calls.call(noon(TODAY), Calls.GPT, Attribution.NONE, "5")));
        var position = calls.append(
                organization, List.of(calls.repriced(noon(TODAY), Calls.GPT, Attribution.NONE, "5", "1.5")));
        awaitViews(position);

        burnRate("").body("today", equalTo("1.5"));

        awaitViews(calls.append(
                organization, List.of(calls.corrected(noon(TODAY), Calls.GPT, Attribution.NONE, "1.5", "1.75"))));
        burnRate("").body("today", equalTo("1.75"));
    }

    @Test
    void comparesWithALimitForTheMonth() {
        awaitViews(tenWeeks());

        var impact = admin().contentType("application/json")
                .body("{\"horizon_days\": 30, \"budget\": 200}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("budget_impact.limit", equalTo("200"))
                .body("budget_impact.until", equalTo("2026-11-30"))
                .body("budget_impact.status", equalTo("over"))
                .extract()
                .jsonPath();
        var spent = new BigDecimal(impact.getString("budget_impact.spent"));
        var remaining = new BigDecimal(impact.getString("budget_impact.forecast_remaining"));
        // Twenty-one days of November, of which six were at a weekend and one more Sunday.
        assertThat(spent).isEqualByComparingTo("183");
        assertThat(remaining).isBetween(new BigDecimal("75"), new BigDecimal("84"));
        assertThat(new BigDecimal(impact.getString("budget_impact.projected")))
                .isEqualByComparingTo(spent.add(remaining));
        assertThat(new BigDecimal(impact.getString("budget_impact.over_by")))
                .isEqualByComparingTo(spent.add(remaining).subtract(new BigDecimal(200)));
    }

    @Test
    void comparesWithWhatABudgetHas_withWhatItCarriedOver() {
        calls.append(
                organization,
                List.of(calls.call(noon(LocalDate.parse("2026-10-31")), Calls.GPT, Attribution.NONE, "105")));
        awaitViews(calls.append(
                organization,
                List.of(calls.budget("b-carrying", "50", Map.of(), BudgetDefinition.Rollover.REMAINING))));

        // By September it has all that may be carried over, 80; October spends 105 of 130.
        admin().contentType("application/json")
                .body("{\"budget_id\": \"b-carrying\"}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("budget_impact.limit", equalTo("75"));
    }

    @Test
    void takesScopeAndPeriodFromABudget() {
        var blue = new Attribution(null, null, null, null, null, null, Map.of("team", "blue"));
        calls.append(organization, List.of(calls.call(noon(TODAY.minusDays(3)), Calls.GPT, blue, "30")));
        calls.append(organization, List.of(calls.call(noon(TODAY.minusDays(2)), Calls.GPT, Attribution.NONE, "70")));
        awaitViews(calls.append(organization, List.of(calls.budget("b-1", "50", Map.of("tag.team", List.of("blue"))))));

        admin().contentType("application/json")
                .body("{\"budget_id\": \"b-1\"}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("scope.'tag.team'", contains("blue"))
                .body("budget_impact.limit", equalTo("50"))
                .body("budget_impact.spent", equalTo("30"))
                .body("budget_impact.until", equalTo("2026-11-30"))
                .body("historical_days_used", is(3));
        given().auth()
                .oauth2(TestTokens.userToken(organization, "ada"))
                .contentType("application/json")
                .body("{\"budget_id\": \"b-1\"}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("budget_id"));
    }

    @Test
    void scoresForecastsAgainstWhatHappened() {
        awaitViews(tenWeeks());
        admin().get("/api/v1/costs/forecasts/accuracy").then().statusCode(200).body("items", hasSize(0));
        // Made on Thursday for Friday to Sunday: ten, five and six dollars came, of which Sunday is not over.
        awaitViews(calls.append(
                organization,
                List.of(calls.forecast(
                        Instant.parse("2026-11-19T06:00:00Z"),
                        LocalDate.parse("2026-11-20"),
                        List.of("8", "9", "1")))));

        admin().get("/api/v1/costs/forecasts/accuracy")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].days_over", is(2))
                .body("items[0].expected", equalTo("17"))
                .body("items[0].actual", equalTo("15"))
                .body("items[0].error_percent", is(13.33f))
                .body("items[0].covered", is(0.5f))
                .body("coverage", is(0.5f))
                .body("wape_total", is((float) (2 / 15.0)));
    }

    @Test
    void listsForecastsByPages_newestFirst() {
        var days = List.of("2026-11-10", "2026-11-12", "2026-11-11");
        Position position = null;
        for (var day : days) {
            position = calls.append(
                    organization,
                    List.of(calls.forecast(
                            Instant.parse(day + "T06:00:00Z"),
                            LocalDate.parse(day).plusDays(1),
                            List.of("1"))));
        }
        awaitViews(position);

        var first = admin().get("/api/v1/costs/forecasts?limit=2")
                .then()
                .body("items.points.date.flatten()", contains("2026-11-13", "2026-11-12"))
                .extract();
        admin().get("/api/v1/costs/forecasts?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.points.date.flatten()", contains("2026-11-11"))
                .body("next_cursor", nullValue());
        admin().get("/api/v1/costs/forecasts?cursor=nonsense").then().statusCode(400);
    }

    @Test
    void cursorsAreRefused_whereTheyAreNotFrom() {
        var made = "2026-11-22T00:00:00Z";
        ForgedCursors.areRefused(
                organization,
                this::admin,
                Listed.own("/api/v1/costs/forecasts", made, "f"),
                Listed.own("/api/v1/costs/forecasts?another=query", made, "f"));
    }

    @Test
    void aPlatformAdminReadsOverAllOrganizations_andForecastsForOne() {
        awaitViews(calls.append(
                organization,
                List.of(
                        calls.call(noon(TODAY), Calls.GPT, Attribution.NONE, "123456789"),
                        calls.forecast(Instant.parse("2026-11-22T06:00:00Z"), TODAY.plusDays(1), List.of("1")))));
        String own = admin().get("/api/v1/costs/forecasts").path("items[0].forecast_id");

        String today = overAll()
                .get("/api/v1/costs/burn-rate")
                .then()
                .statusCode(200)
                .body("time_zone", equalTo("UTC"))
                .extract()
                .path("today");
        assertThat(new BigDecimal(today)).isGreaterThanOrEqualTo(new BigDecimal("123456789"));
        overAll()
                .get("/api/v1/costs/forecasts?limit=1000")
                .then()
                .statusCode(200)
                .body("items.find { it.forecast_id == '" + own + "' }.organization_id", equalTo(organization));
        for (var one : List.of("/api/v1/costs/forecasts/accuracy", "/api/v1/costs/burn-rate?user=ada")) {
            overAll().get(one).then().statusCode(400).body("errors[0].field", equalTo("X-Organization"));
        }
        overAll()
                .contentType("application/json")
                .body("{\"horizon_days\": 7}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("X-Organization"));
    }

    @Test
    void leavesBoundsOut_whenNotAskedFor() {
        awaitViews(tenWeeks());

        admin().contentType("application/json")
                .body("{\"include_confidence\": false}")
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(200)
                .body("points[0].lower", nullValue())
                .body("points[0].expected", notNullValue())
                .body("totals.horizon.upper", nullValue());
    }

    @Tag("refused")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"horizon_days\": 0}|horizon_days",
                "{\"horizon_days\": 366}|horizon_days",
                "{\"horizon_days\": \"7\"}|horizon_days",
                "{\"horizon_days\": 7.5}|horizon_days",
                "{\"level\": 0.2}|level",
                "{\"level\": 1}|level",
                "{\"level\": \"high\"}|level",
                "{\"budget\": -5}|budget",
                "{\"budget\": 0}|budget",
                "{\"budget\": 1, \"budget_id\": \"b\"}|budget",
                "{\"budget_id\": \"\"}|budget_id",
                "{\"budget_id\": \"nowhere\"}|budget_id",
                "{\"scope\": {\"colour\": \"red\"}}|scope.colour",
                "{\"scope\": {\"tag.\": \"red\"}}|scope.tag.",
                "{\"scope\": {\"model\": []}}|scope.model",
                "{\"scope\": {\"model\": [\"\"]}}|scope.model",
                "{\"scope\": {\"model\": [null]}}|scope.model",
                "{\"scope\": {\"model\": null}}|scope.model",
                "{\"scope\": {\"session\": \"s-1\"}}|scope.session",
                "{\"scope\": []}|scope",
                "[]|body",
            })
    void namesTheFieldAtFault(String body, String field) {
        admin().contentType("application/json")
                .body(body)
                .post("/api/v1/costs/forecast")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void isTheFoldOfTheLog_alsoAfterARebuild() throws SQLException {
        awaitViews(tenWeeks());
        var before = rows();

        projections.rebuild("spend-by-quarter-hour").await().indefinitely();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.rebuilds().await().indefinitely().stream()
                        .allMatch(rebuild -> rebuild.finishedAt() != null));

        assertThat(rows()).isEqualTo(before).isNotEmpty();
    }

    private RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.orgAdminToken(organization));
    }

    private static RequestSpecification overAll() {
        return given().auth().oauth2(TestTokens.platformAdminToken(Caller.ALL_ORGANIZATIONS));
    }

    private io.restassured.response.ValidatableResponse burnRate(String query) {
        return admin().get("/api/v1/costs/burn-rate" + query).then().statusCode(200);
    }

    /** Ten dollars a day from Monday to Friday, five on Saturdays and six on Sundays, for ten weeks to yesterday. */
    private Position tenWeeks() {
        var events = new ArrayList<NewEvent>();
        for (int day = 1; day <= 70; day++) {
            var date = TODAY.minusDays(day);
            var dollars =
                    switch (date.getDayOfWeek()) {
                        case SATURDAY -> "5";
                        case SUNDAY -> "6";
                        default -> "10";
                    };
            events.add(calls.call(noon(date), Calls.GPT, Attribution.NONE, dollars));
        }
        return calls.append(organization, events);
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
                var found = statement.executeQuery(
                        "SELECT string_agg(concat_ws(' ', series, bucket, cost, requests), ',' ORDER BY series, bucket)"
                                + " || count(*) FROM forecast.spend WHERE organization = '" + organization + "'")) {
            found.next();
            return found.getString(1);
        }
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(LocalTime.NOON).atZone(KOLKATA).toInstant();
    }

    private static BigDecimal sum(List<String> amounts) {
        return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal dollars(String amount) {
        return new BigDecimal(amount);
    }
}
