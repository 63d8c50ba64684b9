package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.Cursor;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who sees what, and what an answer looks like. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CostsAccessTest {
    private static final String YEAR = "&start_date=2025-01-01&end_date=2025-12-31";

    @Inject
    TestOrganizations organizations;

    @Test
    void aUserSeesHisOwn_andNobodyElses() {
        var organization = organizations.create("UTC");
        var everybody = new Api(TestTokens.orgAdminToken(organization));
        everybody.record("[" + call("ann", "1") + "," + call("bob", "2") + "," + call(null, "4") + "]");
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        var eve = new Api(TestTokens.userToken(organization, "eve"));

        assertThat(everybody.get("/costs/breakdown?dimension=user" + YEAR).get("items"))
                .extracting(item ->
                        item.get("key").isNull() ? null : item.get("key").asText())
                .containsExactly(null, "bob", "ann");
        assertThat(total(ann, "model")).isEqualTo("1");
        assertThat(total(ann, "day")).isEqualTo("1");
        assertThat(total(ann, "session")).isEqualTo("1");
        assertThat(total(eve, "model")).isEqualTo("0");
        assertThat(total(eve, "session")).isEqualTo("0");
        ann.response("/costs/breakdown?dimension=model&user=bob").then().statusCode(403);
    }

    @Test
    void callsAreListed_newestFirst_byPages() {
        var organization = organizations.create("UTC");
        var everybody = new Api(TestTokens.orgAdminToken(organization));
        for (int i = 0; i < 5; i++) {
            everybody.record("""
                    {"id": "c%d", "timestamp": "2025-03-0%dT00:00:00Z", "provider": "acme", "model": "m", "reported_cost": 1,
                     "user": "%s", "tags": {"team": "red"}}
                    """.formatted(i, i + 1, i % 2 == 0 ? "ann" : "bob"));
        }
        var first = everybody.get("/usage?limit=2&tag.team=red" + YEAR);
        assertThat(first.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("c4", "c3");
        assertThat(first.at("/items/0/user").asText()).isEqualTo("ann");
        var rest = everybody.get("/usage?limit=9&tag.team=red" + YEAR + "&cursor="
                + first.get("next_cursor").asText());
        assertThat(rest.get("items"))
                .extracting(item -> item.get("id").asText())
                .containsExactly("c2", "c1", "c0");
        assertThat(rest.get("next_cursor").isNull()).isTrue();
        var oldest = idsOf(everybody, "/usage?limit=2&sort=timestamp" + YEAR);
        assertThat(oldest).containsExactly("c0", "c1", "c2", "c3", "c4");
        var bob = new Api(TestTokens.userToken(organization, "bob"));
        assertThat(bob.get("/usage?days=30").get("items")).isEmpty();
        assertThat(bob.get("/usage?x=1" + YEAR).get("items")).hasSize(2);
        bob.response("/usage/c0").then().statusCode(404);
        bob.response("/usage/c1").then().statusCode(200);
    }

    @Test
    void anotherOrganizationIsNotThere() {
        var one = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        one.record(call("ann", "1"));

        assertThat(total(new Api(TestTokens.orgAdminToken(organizations.create("UTC"))), "model"))
                .isEqualTo("0");
    }

    @Test
    void individualsAreOneRow_whereTheyAreNotShown() {
        var organization = organizations.create("UTC", false);
        var admin = new Api(TestTokens.orgAdminToken(organization));
        admin.record("[" + call("ann", "1") + "," + call("bob", "2") + "]");

        for (var dimension : new String[] {"user", "session"}) {
            var items =
                    admin.get("/costs/breakdown?dimension=" + dimension + YEAR).get("items");
            assertThat(items).hasSize(1);
            assertThat(items.get(0).get("key").isNull()).isTrue();
            assertThat(items.get(0).get("total_cost").asText()).isEqualTo("3");
        }
        admin.response("/costs/breakdown?dimension=model&user=ann").then().statusCode(403);
        assertThat(total(new Api(TestTokens.userToken(organization, "ann")), "model"))
                .isEqualTo("1");
    }

    @Test
    void aPlatformAdminReadsOverAll() {
        var organization = organizations.create("UTC");
        new Api(TestTokens.orgAdminToken(organization)).record(call("ann", "1"));
        var all = new Api(TestTokens.platformAdminToken("*"));

        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        all.get("/costs/breakdown?limit=1000&dimension=organization" + YEAR)
                                .get("items"))
                .extracting(item -> item.get("key").asText())
                .contains(organization));
        all.response("/costs/breakdown?dimension=user" + YEAR).then().statusCode(400);
        new Api(TestTokens.orgAdminToken(organization))
                .response("/costs/breakdown?dimension=organization" + YEAR)
                .then()
                .statusCode(400);
        new Api(TestTokens.ingestToken(organization))
                .response("/costs/breakdown?dimension=model" + YEAR)
                .then()
                .statusCode(403);
    }

    @Test
    void pages_areDisjoint_andTotalsAreOfAll() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        for (int i = 0; i < 7; i++) {
            api.record("""
                    {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m%d", "reported_cost": "%d.5"}
                    """.formatted(i, i % 3));
        }
        var keys = new ArrayList<String>();
        var cursor = "";
        for (int page = 0; page < 4; page++) {
            var answer = api.get("/costs/breakdown?dimension=model&limit=2" + YEAR + cursor);
            assertThat(answer.get("total_cost").asText()).isEqualTo("9.5");
            answer.get("items").forEach(item -> keys.add(item.get("key").asText()));
            cursor = "&cursor=" + answer.get("next_cursor").asText();
        }
        assertThat(keys).containsExactly("m2", "m5", "m1", "m4", "m0", "m3", "m6");
    }

    @Test
    void anItem_hasAllItsFigures() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        api.record("""
                [{"timestamp": "2025-03-01T00:00:00Z", "model": "claude-sonnet-4-5", "input_tokens": 1000, "cache_read_tokens": 2000,
                  "cache_write_tokens": 300, "cache_write_1h_tokens": 40, "output_tokens": 500, "latency_ms": 100, "units": 2.5},
                 {"timestamp": "2025-03-01T01:00:00Z", "model": "claude-sonnet-4-5", "input_tokens": 1000, "latency_ms": 301,
                  "status": "error"}]
                """);

        var item = api.get("/costs/breakdown?dimension=provider" + YEAR).at("/items/0");

        assertThat(item).isEqualTo(Api.json("""
                {"key":"anthropic","total_cost":"0.015465","input_cost":"0.006","output_cost":"0.0075","cache_savings":"0.0054",\
                "input_tokens":2000,"output_tokens":500,"cache_read_tokens":2000,"cache_write_tokens":340,"total_tokens":4840,\
                "requests":2,"units":2.5,"cost_per_unit":"0.006186","share":1.0,"avg_latency_ms":200.5,"error_count":1,"error_rate":0.5}"""));
    }

    @Test
    void summary_setsPeriodsBesideTheOnesBefore() {
        var zone = whereItIsNoon();
        var organization = organizations.create(zone.getId());
        var api = new Api(TestTokens.orgAdminToken(organization));
        var today = LocalDate.now(zone);
        api.record("[" + on(today, zone, "1") + "," + on(today.minusDays(1), zone, "2") + ","
                + on(today.minusDays(2), zone, "4") + ","
                + on(today.minusMonths(1).withDayOfMonth(1), zone, "8") + "]");

        var summary = api.get("/costs/summary");

        assertThat(summary.at("/today/total_cost").asText()).isEqualTo("1");
        assertThat(summary.at("/today/previous_total_cost").asText()).isEqualTo("2");
        assertThat(summary.at("/today/change_percent").asDouble()).isEqualTo(-50.0);
        assertThat(summary.at("/today/requests").asLong()).isEqualTo(1);
        assertThat(summary.at("/yesterday/total_cost").asText()).isEqualTo("2");
        assertThat(summary.at("/yesterday/previous_total_cost").asText()).isEqualTo("4");
        var month = new BigDecimal(summary.at("/this_month/total_cost").asText());
        var inMonth = ChronoUnit.DAYS.between(today.withDayOfMonth(1), today);
        assertThat(month).isEqualByComparingTo(inMonth >= 2 ? "7" : inMonth == 1 ? "3" : "1");
        assertThat(new BigDecimal(summary.get("projected_month_cost").asText())).isGreaterThanOrEqualTo(month);
        assertThat(summary.at("/top_drivers/0/dimension").asText()).isEqualTo("model");
        assertThat(summary.at("/top_drivers/0/key").asText()).isEqualTo("m");
        assertThat(summary.at("/top_drivers/0/share").asDouble()).isEqualTo(1.0);
    }

    @Test
    void aPartOfADay_isSetBesideTheSamePart_everywhere() {
        var zone = whereItIsNoon();
        var api = new Api(TestTokens.orgAdminToken(organizations.create(zone.getId())));
        var today = LocalDate.now(zone);
        var evening = today.minusDays(1).atTime(23, 0).atZone(zone).toInstant();
        api.record("[" + on(today, zone, "3") + "," + on(today.minusDays(1), zone, "2") + ","
                + at(evening.toString(), "late", null, "100") + "]");

        var summary = api.get("/costs/summary").get("today");
        var trend = api.get("/costs/trends?period=today");
        var analysis = api.get("/costs/analysis?period=today");

        assertThat(summary.get("previous_total_cost").asText()).isEqualTo("2");
        assertThat(summary.get("change_percent").asDouble()).isEqualTo(50.0);
        assertThat(trend.at("/previous_period/total").asText()).isEqualTo("2");
        assertThat(trend.get("compared_total").asText()).isEqualTo("3");
        assertThat(trend.get("change_percent").asDouble()).isEqualTo(50.0);
        assertThat(analysis.at("/total/previous_total_cost").asText()).isEqualTo("2");
        assertThat(analysis.at("/total/change").asText()).isEqualTo("1");
        assertThat(analysis.get("previous_until")).isEqualTo(trend.at("/previous_period/until"));
        assertThat(analysis.get("items"))
                .extracting(item -> item.get("key").asText())
                .containsExactly("m");
        assertThat(api.get("/costs/trends?period=yesterday").get("total").asText())
                .isEqualTo("102");
    }

    @Test
    void aMonth_isSetBesideTheMonthBefore() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        var month = LocalDate.now(ZoneId.of("UTC")).minusMonths(1).withDayOfMonth(1);
        var before = month.minusMonths(1);
        api.record("[" + on(month, ZoneId.of("UTC"), "3") + ","
                + on(before.plusMonths(1).minusDays(1), ZoneId.of("UTC"), "2") + ","
                + on(before, ZoneId.of("UTC"), "4") + "]");

        for (var path : new String[] {"/costs/analysis?period=last_month", "/costs/trends?period=last_month"}) {
            var answer = api.get(path);
            assertThat(
                            answer.get("change_percent") == null
                                    ? answer.at("/total/change_percent").asDouble()
                                    : answer.get("change_percent").asDouble())
                    .as(path)
                    .isEqualTo(-50.0);
        }
        assertThat(api.get("/costs/analysis?period=last_month")
                        .at("/previous_period/start")
                        .asText())
                .isEqualTo(before.toString());
    }

    @Test
    void anAnalysis_saysWhatMovedTheCost() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("Asia/Kolkata")));
        api.record("[" + at("2025-03-10T12:00:00Z", "old", "web", "8") + ","
                + at("2025-03-10T12:00:00Z", "new", "app", "1") + "," + at("2025-03-11T12:00:00Z", "new", "app", "4")
                + "," + at("2025-03-11T12:00:00Z", "new", null, "1") + "]");

        var answer = api.get("/costs/analysis?group_by=project&start_date=2025-03-11&end_date=2025-03-11");

        assertThat(answer.at("/total/total_cost").asText()).isEqualTo("5");
        assertThat(answer.at("/total/previous_total_cost").asText()).isEqualTo("9");
        assertThat(answer.at("/total/change").asText()).isEqualTo("-4");
        assertThat(answer.at("/total/change_percent").asDouble()).isCloseTo(-44.444, within(0.001));
        assertThat(answer.at("/total/cost_per_request").asText()).isEqualTo("2.5");
        assertThat(answer.at("/previous_period/start").asText()).isEqualTo("2025-03-10");
        assertThat(answer.get("items"))
                .extracting(item ->
                        item.get("key").asText() + " " + item.get("total_cost").asText() + " "
                                + item.get("previous_total_cost").asText() + " "
                                + item.get("share").asDouble())
                .containsExactly("app 4 1 0.8", "null 1 0 0.2", "web 0 8 0.0");
        assertThat(answer.get("top_drivers"))
                .extracting(driver -> driver.get("dimension").asText() + " "
                        + driver.get("key").asText() + " "
                        + driver.get("change").asText())
                .containsExactly("model old -8", "project web -8", "model new 4", "project app 3");
        assertThat(api.get(
                                "/costs/analysis?group_by=project&sort=change&limit=1&start_date=2025-03-11&end_date=2025-03-11")
                        .at("/items/0/key")
                        .asText())
                .isEqualTo("web");
    }

    @Test
    void anAnalysis_tellsAUserOfHimself_andNobodyWhereIndividualsAreHidden() {
        var organization = organizations.create("UTC", false);
        var admin = new Api(TestTokens.orgAdminToken(organization));
        admin.record("[" + call("ann", "1") + "," + call("bob", "2") + "]");
        var year = "?group_by=user&start_date=2025-02-01&end_date=2025-06-30";

        assertThat(admin.get("/costs/analysis" + year).get("items"))
                .extracting(item ->
                        item.get("key").asText() + " " + item.get("total_cost").asText())
                .containsExactly("null 3");
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        assertThat(ann.get("/costs/analysis" + year).get("items"))
                .extracting(item ->
                        item.get("key").asText() + " " + item.get("total_cost").asText())
                .containsExactly("ann 1");
        assertThat(ann.get("/costs/trends?start_date=2025-02-01&end_date=2025-06-30")
                        .get("total")
                        .asText())
                .isEqualTo("1");
        ann.response("/costs/analysis" + year + "&user=bob").then().statusCode(403);
        admin.response("/costs/trends?user=ann").then().statusCode(403);
    }

    @Test
    void aTrend_isOfTheDaysThatAreOver_inTheFigureAskedFor() {
        var zone = ZoneId.of("America/New_York");
        var organization = organizations.create(zone.getId());
        var api = new Api(TestTokens.orgAdminToken(organization));
        var today = LocalDate.now(zone);
        for (int day = 1; day <= 8; day++) {
            api.record(on(today.minusDays(day), zone, String.valueOf(20 - 2 * day)));
        }

        var trend = api.get("/costs/trends?days=9");

        assertThat(trend.get("points")).hasSize(9);
        assertThat(trend.at("/points/8/value").asText()).isEqualTo("0");
        assertThat(trend.get("direction").asText()).isEqualTo("up");
        assertThat(trend.get("strength").asDouble()).isEqualTo(1.0);
        assertThat(new BigDecimal(trend.get("slope_per_day").asText()))
                .isCloseTo(new BigDecimal("2"), within(new BigDecimal("0.3")));
        assertThat(trend.get("total").asText()).isEqualTo("88");
        assertThat(trend.get("change_percent").isNull()).isTrue();
        var calls = api.get("/costs/trends?days=9&metric=requests");
        assertThat(calls.get("direction").asText()).isEqualTo("flat");
        assertThat(calls.at("/points/7/value").isNumber()).isTrue();
        assertThat(calls.get("total").asLong()).isEqualTo(8);
    }

    @Test
    void asOfWhatIsToCome_isNow() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        api.record(at("2025-03-10T12:00:00Z", "m", null, "8"));

        for (var asOf : new String[] {"2999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"}) {
            assertThat(api.get("/costs/breakdown?dimension=model&as_of=" + asOf + YEAR)
                            .get("total_cost")
                            .asText())
                    .isEqualTo("8");
        }
    }

    @Test
    void asOfAnEarlierMoment_todayIsTheDayOfThatMoment() {
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        api.record(at("2025-03-10T12:00:00Z", "m", null, "8"));

        assertThat(api.get("/costs/history?days=2&as_of=2025-03-11T00:00:00Z").get("points"))
                .extracting(point -> point.get("date").asText() + " "
                        + point.get("total_cost").asText())
                .containsExactly("2025-03-10 0", "2025-03-11 0");
        assertThat(api.get("/costs/summary?as_of=2025-03-11T00:00:00Z")
                        .at("/this_month/total_cost")
                        .asText())
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/costs/breakdown",
                "/costs/breakdown?dimension=colour",
                "/costs/breakdown?dimension=tag.",
                "/costs/breakdown?dimension=model&limit=0",
                "/costs/breakdown?dimension=model&limit=x",
                "/costs/breakdown?dimension=model&cursor=abc",
                "/costs/breakdown?dimension=model&metric=beauty",
                "/costs/breakdown?dimension=model&start_date=2025-13-01",
                "/costs/breakdown?dimension=model&start_date=2025-02-01&end_date=2025-01-01",
                "/costs/breakdown?dimension=model&days=5&period=today",
                "/costs/breakdown?dimension=hour&days=366",
                "/costs/breakdown?dimension=session&days=1000",
                "/costs/breakdown?dimension=model&as_of=yesterday",
                "/costs/breakdown?dimension=run&days=1000&project=web",
                "/costs/breakdown?dimension=model&as_of=2026-01-01",
                "/costs/analysis?group_by=colour",
                "/costs/analysis?group_by=day",
                "/costs/analysis?group_by=organization",
                "/costs/analysis?sort=beauty",
                "/costs/analysis?cursor=abc",
                "/costs/analysis?group_by=session&days=300",
                "/costs/trends?metric=beauty",
                "/costs/trends?granularity=minute",
                "/costs/trends?granularity=hour&days=60",
                "/costs/trends?days=1000",
                "/costs/summary?as_of=now",
                "/costs/summary?as_of=-1000000000-01-01T00:00:00Z",
                "/costs/history?as_of=1999-12-31T23:59:59Z",
                "/costs/history?granularity=minute",
                "/costs/history?days=-1",
                "/pricing/models?limit=5000",
                "/pricing/models?history=maybe"
            })
    void refusesAQuery_namingTheParameter(String path) {
        new Api(TestTokens.orgAdminToken(organizations.create("UTC")))
                .response(path)
                .then()
                .statusCode(400)
                .body("errors.size()", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "/costs/breakdown?dimension=colour, dimension, 'provider, model, project'",
        "/costs/breakdown?dimension=model&start_date=2025-02-01&end_date=2025-01-01, end_date, before start_date",
        "/costs/breakdown?dimension=model&cursor=abc, cursor, next_cursor of the same query",
        "/costs/analysis?group_by=colour, group_by, 'provider, model'",
        "/costs/trends?period=fortnight, period, 'today, yesterday, week'",
        "/costs/summary?as_of=2026-02-30T00:00:00Z, as_of, an instant",
        "/analytics/user, user, is required",
        "/analytics/user?user=a&user=b, user, once",
        "/analytics/user?user=ann&period=now, period, 'today, yesterday, week'",
        "/analytics/user?user=ann&days=0, days, from 1 to",
        "/analytics/user?user=ann&session=s, session, /sessions",
        "/analytics/user?user=ann&days=3000, granularity, coarser",
        "/analytics/user?user=ann&start_date=2026-02-30, start_date, a date",
        "/analytics/admin?run=r, run, /costs/breakdown",
        "/analytics/admin?tag.team=red, tag.team, /costs/breakdown",
        "/analytics/admin?as_of=2026-01-01T00:00:00Z, as_of, as of now",
        "/analytics/admin?granularity=minute, granularity, 'hour, day, week'",
        "/analytics/admin?sort=beauty, sort, 'total_cost, requests, total_tokens'",
        "/analytics/admin?cursor=abc, cursor, next_cursor of the same query",
        "/analytics/admin?limit=0, limit, from 1 to 1000",
        "/analytics/admin?limit=-1, limit, from 1 to 1000",
        "/analytics/admin?limit=1000000000, limit, from 1 to 1000",
        "/analytics/admin?limit=99999999999, limit, from 1 to 1000",
        "/sessions?limit=0, limit, from 1 to 1000",
        "/sessions?limit=1000000000, limit, from 1 to 1000",
        "/sessions?sort=beauty, sort, 'recent, cost, tokens'",
        "/sessions?min_cost=much, min_cost, an amount",
        "/sessions?as_of=2026-01-01T00:00:00Z, as_of, as of now",
        "/sessions?start_date=2025-02-01&end_date=2025-01-01, end_date, before start_date",
        "/usage?limit=-1, limit, from 1 to 1000",
        "/usage?sort=cost, sort, timestamp",
        "/usage?cursor=abc, cursor, next_cursor of the same query",
        "/usage?period=fortnight, period, 'today, yesterday, week'"
    })
    void saysWhatIsWrong_andWhatWouldBeRight(String path, String field, String reason) {
        new Api(TestTokens.orgAdminToken(organizations.create("UTC")))
                .response(path)
                .then()
                .statusCode(400)
                .body("errors.size()", equalTo(1))
                .body("errors[0].field", equalTo(field))
                .body("errors[0].reason", containsString(reason));
    }

    @Test
    void aCursorOfAnotherQuery_orOrganization_isRefused() {
        var one = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        var other = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        one.record("[" + call("ann", "1") + "," + call("bob", "2") + "]");
        for (var path :
                new String[] {"/analytics/admin?limit=1", "/usage?limit=1", "/costs/breakdown?dimension=user&limit=1"
                }) {
            var cursor = "&cursor=" + one.get(path + YEAR).get("next_cursor").asText();
            assertThat(one.get(path + YEAR + cursor).get("items")).hasSize(1);
            other.response(path + YEAR + cursor).then().statusCode(400).body("errors[0].field", equalTo("cursor"));
            one.response(path + "&model=m" + YEAR + cursor).then().statusCode(400);
        }
    }

    /** Its checksum is no secret. */
    @ParameterizedTest
    @CsvSource({
        "/analytics/admin, 'days=[30]', 5, nothing",
        "/analytics/admin, 'days=[30]', 5, 1e999999999",
        "/costs/analysis, 'group_by=[user]', 5, x",
        "/sessions, 'sort=[-cost]', 5, x",
        "/sessions, 'days=[30]', 2025-03-01T00:00:00Z, yesterday",
        "/usage, 'days=[30]', 2025-03-01T00:00:00Z, yesterday"
    })
    void aCursorThatIsMadeUp_isRefused(String path, String query, String right, String wrong) {
        var organization = organizations.create("UTC");
        var api = new Api(TestTokens.orgAdminToken(organization));
        var asked = path + "?" + query.replace("[", "").replace("]", "") + "&cursor=";
        var bound = organization + " /api/v1" + path + " {" + query + "}";

        assertThat(api.get(asked + Cursor.encode(bound, List.of(right, "7"))).has("items"))
                .isTrue();
        api.response(asked + Cursor.encode(bound, List.of(wrong, "7")))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("cursor"));
    }

    @Test
    void aUsersKey_isNoOtherPersons_whateverIsAsked() {
        var organization = organizations.create("UTC");
        new Api(TestTokens.orgAdminToken(organization)).record("[" + call("ann", "1") + "," + call("bob", "2") + "]");
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        for (var path : new String[] {
            "/analytics/user?user=bob", "/analytics/user?user=ann&user=bob", "/analytics/admin?limit=1",
                    "/sessions?user=bob",
            "/usage?user=bob", "/costs/summary?user=bob", "/costs/trends?user=ann&user=bob", "/costs/export?user=bob"
        }) {
            assertThat(ann.response(path + YEAR).statusCode()).as(path).isIn(403, 400);
        }
        assertThat(ann.get("/analytics/user?" + YEAR.substring(1))
                        .at("/totals/total_cost")
                        .asText())
                .isEqualTo("1");
        assertThat(ann.response("/costs/export?format=csv" + YEAR).asString())
                .contains("ann")
                .doesNotContain("bob");
    }

    /** So that a part of the day is over, and not all of it. */
    private static ZoneId whereItIsNoon() {
        return ZoneOffset.ofHours(12 - Instant.now().atOffset(ZoneOffset.UTC).getHour());
    }

    /** The ids of all calls, page by page. */
    private static List<String> idsOf(Api api, String path) {
        var ids = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var page = api.get(path + cursor);
            page.get("items").forEach(item -> ids.add(item.get("id").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.get("next_cursor").asText();
        }
        return ids;
    }

    private static String total(Api api, String dimension) {
        return api.get("/costs/breakdown?limit=1000&dimension=" + dimension + YEAR)
                .get("total_cost")
                .asText();
    }

    private static String call(String user, String cost) {
        return """
                {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m", "session": "s", "reported_cost": "%s"%s}
                """.formatted(cost, user == null ? "" : ", \"user\": \"" + user + "\"");
    }

    private static String at(String at, String model, String project, String cost) {
        return """
                {"timestamp": "%s", "provider": "acme", "model": "%s", "reported_cost": "%s"%s}
                """.formatted(at, model, cost, project == null ? "" : ", \"project\": \"" + project + "\"");
    }

    private static String on(LocalDate day, ZoneId zone, String cost) {
        return """
                {"timestamp": "%s", "provider": "acme", "model": "m", "reported_cost": "%s"}
                """.formatted(day.atStartOfDay(zone).toInstant(), cost);
    }
}
