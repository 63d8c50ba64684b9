package dev.centime.ingest.view.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Tokens;
import dev.centime.database.TestPostgres;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.TestViews;
import dev.centime.ingest.command.correctusage.CorrectUsage;
import dev.centime.ingest.command.correctusage.CorrectUsageHandler;
import dev.centime.ingest.view.costs.question.EarlierPeriod;
import dev.centime.kit.Period;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are older than their organization keeps them are gone, and no figure is another for it. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class DetailRetentionTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String ZONE = "Asia/Kolkata";

    /** A month of the year before last, and the days around today. */
    private static final LocalDate OLD = LocalDate.now(ZoneOffset.UTC).minusDays(500);

    private static final String THEN = "start_date=" + OLD.minusDays(2) + "&end_date=" + OLD.plusDays(12);

    /** What sums answer, whatever is kept besides. */
    private static final List<String> OF_SUMS = List.of(
            "/costs/breakdown?dimension=model&" + THEN,
            "/costs/breakdown?dimension=project&" + THEN,
            "/costs/breakdown?dimension=user&" + THEN,
            "/costs/breakdown?dimension=day&" + THEN,
            "/costs/breakdown?dimension=hour&limit=1000&" + THEN,
            "/costs/breakdown?dimension=model&project=web&user=ann&" + THEN,
            "/costs/history?" + THEN,
            "/costs/analysis?group_by=project&" + THEN,
            "/costs/trends?" + THEN,
            "/costs/summary",
            "/sessions?sort=session&" + THEN,
            "/sessions/s1");

    @Inject
    TestOrganizations organizations;

    @Inject
    TestViews views;

    @Inject
    WhenNightComesThenExpireDetail nights;

    @Inject
    ForgetDetail forget;

    @Inject
    CorrectUsageHandler corrections;

    TestPostgres.Database database;

    /** Midnight may pass while a test runs. */
    private final Instant night = Instant.now();

    private String organization;
    private Api api;
    private Api admin;

    @BeforeEach
    void callsOfLongAgoAndOfToday() {
        organization = organizations.create(ZONE);
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = new Api(TestTokens.platformAdminToken(organization));
        setPrice("alpha", "2");
        api.record(IntStream.range(0, 60)
                .mapToObj(i -> call("old-" + i, at(i), i % 7 == 0 ? "nobody-knows" : "alpha", "s" + i % 3, "red"))
                .collect(Collectors.joining(",", "[", "]")));
        api.record("[" + call("new", Instant.now().minusSeconds(60), "alpha", "s9", "blue") + "]");
    }

    @Test
    void everyFigureStays_andWhatOnlyCallsCanAnswerIsRefused() throws SQLException {
        var before = answers(OF_SUMS);
        var tagged = api.get("/costs/breakdown?dimension=session&" + THEN);
        assertThat(tagged.get("requests").asLong()).isEqualTo(60);

        expire();

        assertThat(rows()).isEqualTo(1);
        assertThat(answers(OF_SUMS)).isEqualTo(before);
        for (var path : List.of(
                "/usage?" + THEN,
                "/costs/breakdown?dimension=session&" + THEN,
                "/costs/breakdown?dimension=tag.team&project=web&" + THEN,
                "/costs/history?session=s1&" + THEN,
                "/sessions?project=web&" + THEN,
                "/costs/efficiency?" + THEN,
                "/costs/export?" + THEN,
                "/costs/export?layout=cost-tracking&" + THEN,
                "/costs/export?layout=sessions&project=web&" + THEN)) {
            api.response(path).then().statusCode(400).body("errors[0].field", equalTo("start_date"));
        }
        // What has no calls that are gone is answered as before.
        assertThat(api.get("/usage?days=30").get("items")).hasSize(1);
        assertThat(api.get("/costs/breakdown?dimension=session&days=366")
                        .get("requests")
                        .asLong())
                .isEqualTo(1);
        var empty = "start_date=" + OLD.minusDays(90) + "&end_date=" + OLD.minusDays(60);
        assertThat(api.get("/usage?" + empty).get("items")).isEmpty();
    }

    /** Sums by tag are of days of UTC: where the organization's days are these, they answer for ever. */
    @Test
    void sumsByTagStay_whereDaysAreThoseOfUtc() throws SQLException {
        change(settings("UTC", TestOrganizations.KEPT_DAYS));
        var path = List.of("/costs/breakdown?dimension=tag.team&" + THEN, "/costs/history?tag.team=red&" + THEN);
        var before = answers(path);

        expire("UTC");

        assertThat(answers(path)).isEqualTo(before);
    }

    /** Half a day of the earlier part is known to calls alone: what is compared ends with the day before, and says so. */
    @Test
    void comparisonsByTag_areOfWholeDays_whereTheCallsOfTheLastDayAreGone() throws SQLException {
        change(settings("UTC", TestOrganizations.KEPT_DAYS));
        var edge = LocalDate.now(ZoneOffset.UTC)
                .minusDays(400)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        api.record("[" + call("whole", edge.minusSeconds(1), "alpha", "s1", "red") + ","
                + call("part", edge, "alpha", "s1", "red") + "]");

        expire("UTC");

        var analysis = api.get("/costs/analysis?group_by=tag.team&days=400");
        assertThat(analysis.get("previous_until").asText()).isEqualTo(edge.toString());
        assertThat(analysis.get("items"))
                .extracting(item -> item.get("key").asText() + " "
                        + item.get("previous_total_cost").asText() + " "
                        + item.get("compared_total_cost").asText())
                // 51 calls of long ago that have a price, and the last one of the last whole day.
                .contains("red 104 0");
        var trend = api.get("/costs/trends?granularity=month&tag.team=red&days=400");
        assertThat(trend.at("/previous_period/until").asText()).isEqualTo(edge.toString());
        assertThat(trend.at("/previous_period/total").asText()).isEqualTo("104");
        // Where sums know quarter hours, as far as the last one of these.
        assertThat(Instant.parse(api.get("/costs/analysis?days=400")
                        .get("previous_until")
                        .asText()))
                .isAfterOrEqualTo(edge);
    }

    @Test
    void aSummaryOfATag_isOfWholeDays_whereTheCallsOfTheLastDayAreGone() throws SQLException {
        var keeping = settings("UTC", 40);
        var now = Instant.now();
        var quarter = EarlierPeriod.of(
                Period.named("quarter", now.atZone(ZoneOffset.UTC).toLocalDate(), keeping), "quarter", keeping, now);
        api.record("[" + call("part", quarter.until().truncatedTo(ChronoUnit.DAYS), "alpha", "s9", "blue") + "]");

        expireWithoutForgetting(keeping);

        var summary = api.get("/costs/summary?tag.team=blue");
        assertThat(summary.at("/this_quarter/previous_total_cost").asText()).isEqualTo("0");
    }

    @Test
    void aSessionThatReachesOverThePeriod_isNotGuessedAbout() throws SQLException {
        api.record("[" + call("first", at(-200), "alpha", "long", "red") + ","
                + call("last", Instant.now(), "alpha", "long", "red") + "]");
        var around = "/sessions?" + THEN;
        assertThat(api.get(around).get("items")).hasSize(3);

        expire();

        api.response(around).then().statusCode(400).body("errors[0].field", equalTo("start_date"));
        assertThat(api.get("/sessions/long").get("requests").asLong()).isEqualTo(2);
    }

    @Test
    void whatIsToldLater_movesTheSums_andLeavesNoCalls() throws SQLException {
        expire();
        var before = api.get("/costs/breakdown?dimension=model&" + THEN);

        api.record("[" + call("late", at(3), "alpha", "s1", "red") + "]");
        assertThat(api.get("/costs/breakdown?dimension=model&" + THEN)
                        .get("requests")
                        .asLong())
                .isEqualTo(before.get("requests").asLong() + 1);
        // A repeat of a call whose row is gone is one all the same.
        assertThat(api.record("[" + call("old-1", at(1), "alpha", "s1", "red") + "]")
                        .get("duplicates")
                        .asLong())
                .isEqualTo(1);

        var larger = new CorrectUsage("old-1", Tokens.of(5_000_000, 0), Map.of(), 1, null);
        corrections
                .correct(organization, "api", List.of(larger), Map.of())
                .await()
                .atMost(SOON);
        setPrice("nobody-knows", "4");
        await().atMost(SOON).untilAsserted(() -> {
            var now = api.get("/costs/breakdown?dimension=model&" + THEN);
            assertThat(now.get("unpriced_requests").asLong()).isZero();
            // 50 calls and the late one at 2, one with 5 million tokens at 10, nine that had no price at 4.
            assertThat(now.get("total_cost").asText()).isEqualTo("148");
        });
        organizations.settle(organization);
        var corrected = api.get("/usage/old-1");
        assertThat(corrected.get("total_cost").asText()).isEqualTo("10");
        assertThat(corrected.get("corrections")).hasSize(1);
        assertThat(corrected.get("corrections_complete").asBoolean()).isFalse();
        assertThat(api.get("/usage/new").get("corrections_complete").asBoolean())
                .isTrue();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void aRebuild_bringsNothingBack_andLosesNothing() throws SQLException {
        expire();
        var before = answers(OF_SUMS);

        views.rebuild("detail-retention", "calls", "cost-cells", "sessions");

        assertThat(answers(OF_SUMS)).isEqualTo(before);
        forgetAllBut(0);
        assertThat(rows()).isEqualTo(1);
        api.response("/usage?" + THEN).then().statusCode(400);
    }

    @Test
    void aRun_isRefused_whenItsCallsAreGone() throws SQLException {
        var order = "{\"start_date\": \"%s\", \"dry_run\": true}";
        expire();

        admin.post("/pricing/reprice", organization, order.formatted(OLD))
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("start_date"))
                .body("errors[0].reason", containsString("detail_retention_days"));
        assertThat(admin.reprice(
                                organization,
                                order.formatted(LocalDate.now(ZoneOffset.UTC).minusDays(3)))
                        .get("calls_looked_at")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void asOfAMoment_isAnsweredByDays_whenTheCallsOfThatDayAreGone() throws SQLException {
        assertThat(api.get("/usage?" + THEN).get("items")).isNotEmpty();
        // Midnight may pass while the test runs: the day on which the calls became known is asked for.
        var known = Instant.parse(knownOn() + "T00:00:00Z");
        var path = "/costs/breakdown?dimension=model&" + THEN + "&as_of=";
        var within = path + known.plusSeconds(1);
        assertThat(api.get(within).get("requests").asLong()).isZero();

        expire();

        api.response(within).then().statusCode(400).body("errors[0].field", equalTo("as_of"));
        assertThat(api.get(path + known).get("requests").asLong()).isZero();
    }

    @Test
    void rowsThatSomebodyHolds_arePassedOver_andFoundTheNextTime() throws SQLException {
        // The view has them.
        assertThat(api.get("/usage?" + THEN).get("items")).isNotEmpty();
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SELECT FROM ingest.usage_detail WHERE organization = '" + organization
                        + "' AND record_id = 'old-3' FOR SHARE");
                expireWithoutForgetting(ZONE);
                forgetAllBut(1);
            }
            connection.rollback();
        }
        forgetAllBut(0);
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kolkata", "UTC"})
    void aNightIsToldOnce_andTheNextOneIsDue(String zone) throws SQLException {
        expire(zone);
        nights.expire(settings(zone, 365), night).await().atMost(SOON);
        nights.expire(settings(zone, 365), night).await().atMost(SOON);
        assertThat(count("SELECT count(*) FROM log.event WHERE type = 'detail-expired' AND organization = ?"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM ingest.projection_timer WHERE timer = 'detail-night' AND due > now()"
                        + " AND due <= now() + interval '25 hours' AND partition <> 0 AND organization = ?"))
                .isEqualTo(1);
    }

    /** A zone further west begins the day again: its night is another one, or no timer would be set for those to come. */
    @Test
    void theSameDayInAnotherZone_isAnotherNight() throws SQLException {
        var day = LocalDate.now(ZoneOffset.UTC);
        for (var zone : List.of("Asia/Kolkata", "America/Los_Angeles")) {
            var its = day.atTime(4, 0).atZone(ZoneId.of(zone)).toInstant();
            nights.expire(settings(zone, 365), its).await().atMost(SOON);
        }

        assertThat(count("SELECT count(*) FROM log.event WHERE type = 'detail-expired' AND organization = ?"))
                .isEqualTo(2);
    }

    @Test
    void aPeriodThatBecameLonger_bringsNothingBack() throws SQLException {
        expire();
        var longer = settings(ZONE, 900);
        change(longer);
        nights.expire(longer, night).await().atMost(SOON);

        await().atMost(SOON)
                .until(() -> count("SELECT retention_days FROM ingest.detail_horizon WHERE organization = ?") == 900);
        api.response("/usage?" + THEN).then().statusCode(400);
    }

    private void expire() throws SQLException {
        expire(ZONE);
    }

    private void expire(String zone) throws SQLException {
        expireWithoutForgetting(zone);
        forgetAllBut(0);
    }

    /** The service looks too, once a minute: what it deletes at this moment is passed over here. */
    private void forgetAllBut(long held) {
        await().atMost(SOON).untilAsserted(() -> {
            forget.forget();
            assertThat(count("SELECT count(*) FROM ingest.usage_detail AS call JOIN ingest.detail_horizon AS horizon"
                            + " USING (partition, organization) WHERE at < before AND organization = ?"))
                    .isEqualTo(held);
        });
    }

    private void expireWithoutForgetting(String zone) throws SQLException {
        expireWithoutForgetting(settings(zone, 365));
    }

    private void expireWithoutForgetting(Organization settings) throws SQLException {
        // Everything that was recorded is in the views before it expires.
        assertThat(api.get("/usage?days=3000").get("items")).isNotEmpty();
        change(settings);
        nights.expire(settings, night).await().atMost(SOON);
        await().atMost(SOON)
                .until(() -> count("SELECT count(*) FROM ingest.detail_horizon WHERE organization = ?") == 1);
    }

    private void change(Organization settings) {
        organizations.change(settings);
    }

    private Organization settings(String zone, int days) {
        return new Organization(
                organization, organization, ZoneId.of(zone), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, days);
    }

    private Map<String, JsonNode> answers(List<String> paths) {
        var answers = new LinkedHashMap<String, JsonNode>();
        paths.forEach(path -> answers.put(path, api.get(path)));
        // Reckoned with how much of the month has passed.
        Optional.ofNullable(answers.get("/costs/summary"))
                .ifPresent(summary -> ((ObjectNode) summary).remove("projected_month_cost"));
        return answers;
    }

    private void setPrice(String model, String input) {
        assertThat(admin.setPrice(organization, """
                        {"provider": "acme", "model_name": "%s", "input_price": "%s", "output_price": "1",
                         "effective_date": "2020-01-01"}
                        """.formatted(model, input)).statusCode())
                .isEqualTo(201);
    }

    /** Some hours apart, over ten days. */
    private static Instant at(int place) {
        return OLD.atStartOfDay(ZoneOffset.UTC).plusHours(4L * place).toInstant();
    }

    private static String call(String id, Instant at, String model, String session, String team) {
        return """
                {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": 1000000,
                 "project": "web", "user": "ann", "session": "%s", "tags": {"team": "%s"}}
                """.formatted(id, at, model, session, team);
    }

    /** Rows of calls and corrections that are there. */
    private long rows() throws SQLException {
        return count("SELECT count(*) FROM ingest.usage_detail WHERE organization = ?");
    }

    private String knownOn() throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("SELECT max((recorded_at AT TIME ZONE 'UTC')::date)::text"
                        + " FROM ingest.usage_detail WHERE organization = ? AND record_id <> 'new'")) {
            statement.setString(1, organization);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private long count(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, organization);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }
}
