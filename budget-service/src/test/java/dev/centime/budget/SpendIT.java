package dev.centime.budget;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.kit.testing.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts against a budget, straight from the log. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class SpendIT {
    @Inject
    Tenants tenants;

    private Tenant tenant;
    private Door door;
    private Instant now;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
        now = Instant.now();
    }

    @Test
    void calls_moveTheBudget_exactly() {
        var budget = door.create("annual", "10", "");
        var position = tenant.uses(
                tenant.call("ada", now, "0.1"),
                tenant.call("bob", now, "0.2"),
                tenant.call(null, now, "0.000000000000000001"));
        door.status(budget, position)
                .body("current_spend", equalTo("0.300000000000000001"))
                .body("remaining", equalTo("9.699999999999999999"))
                .body("reserved", equalTo("0"))
                .body("total_limit", equalTo("10"))
                .body("alert_level", equalTo("none"))
                .body("blocked", equalTo(false))
                .body("requests", equalTo(3))
                .body("unpriced_requests", equalTo(0))
                .body("window.start", notNullValue())
                .body("window.end", notNullValue())
                .body("days_remaining", notNullValue())
                .body("session", nullValue());
    }

    @Test
    void aCallWithoutAPriceIsShownAsSuch_andCountsWhenThePriceComes() {
        var budget = door.create("annual", "10", "");
        var unpriced = tenant.call("ada", now, null);
        var position = tenant.uses(unpriced, tenant.call("ada", now, "1"));
        door.status(budget, position)
                .body("current_spend", equalTo("1"))
                .body("requests", equalTo(2))
                .body("unpriced_requests", equalTo(1));
        position = tenant.uses(tenant.repriced(unpriced, "2.5"));
        door.status(budget, position)
                .body("current_spend", equalTo("3.5"))
                .body("requests", equalTo(2))
                .body("unpriced_requests", equalTo(0));
    }

    @Test
    void aCallThatTurnsOutLarger_countsOnce_withWhatItIsNow() {
        var budget = door.create("annual", "10", "");
        var grown = tenant.call("ada", now, "1");
        var priceless = tenant.call("ada", now, null);
        var position =
                tenant.uses(grown, priceless, tenant.corrected(grown, "2.25"), tenant.corrected(priceless, "0.5"));
        door.status(budget, position)
                .body("current_spend", equalTo("2.75"))
                .body("requests", equalTo(2))
                .body("unpriced_requests", equalTo(0));
    }

    @Test
    void aBucketThatGrew_countsWithItsCalls() {
        var budget = door.create("annual", "10", "");
        var bucket = tenant.call("ada", now, "1");
        var priceless = tenant.call("ada", now, null);
        var position =
                tenant.uses(bucket, priceless, tenant.corrected(bucket, "2", 7L), tenant.corrected(priceless, "1", 3L));
        door.status(budget, position)
                .body("current_spend", equalTo("3"))
                .body("requests", equalTo(10))
                .body("unpriced_requests", equalTo(0));
    }

    @Test
    void lateAndCorrectedCalls_moveThePeriodTheyWereMadeIn() {
        var yesterday = now.minus(Duration.ofDays(1));
        var today = tenant.day(now);
        var budget = door.create("daily", "10", ", 'start_date': '" + today.minusDays(5) + "'");
        var late = tenant.call("ada", yesterday, "4");
        var position = tenant.uses(tenant.call("ada", now, "1"), late, tenant.repriced(late, "3"));
        door.status(budget, position).body("current_spend", equalTo("1"));
        door.after(position)
                .get("/api/v1/budgets/" + budget.path("id") + "/history?days=3")
                .then()
                .statusCode(200)
                .body("points", hasSize(3))
                .body("points[0].total_cost", equalTo("0"))
                .body("points[1].date", equalTo(today.minusDays(1).toString()))
                .body("points[1].total_cost", equalTo("3"))
                .body("points[2].total_cost", equalTo("1"))
                .body("total_cost", equalTo("4"));
    }

    @Test
    void aBudgetSetLate_countsTheCallsOfItsWindowFromTheLog() {
        tenant.uses(
                tenant.call("ada", now, "1"),
                tenant.call("bob", now, "2"),
                tenant.call("ada", now.minus(Duration.ofDays(800)), "4"));
        var all = door.create("annual", "10", "");
        var adas = door.create("annual", "10", ", 'scope': {'user': 'ada'}");
        var position = tenant.uses(tenant.call("ada", now, "8"));
        door.status(all, position).body("current_spend", equalTo("11"));
        door.status(adas, position).body("current_spend", equalTo("9"));
    }

    /** Calls before the budget are summed by SQL, those after it matched in memory: both must mean the same by a scope. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'user': 'ada'}",
                "{'user': ['ada', 'bob']}",
                "{'user': 'nobody'}",
                "{'project': 'chat'}",
                "{'project': 'chat', 'user': 'bob'}",
                "{'model': 'claude-haiku', 'provider': ['anthropic', 'x']}",
                "{'session': 's-1'}",
                "{'tag.team': 'search'}",
                "{'tag.team': ['search', 'ads'], 'user': 'ada'}",
                "{'tag.odd \\u00fc? %': 'x'}",
                "{'experiment': 'e'}",
                "{'run': 'r', 'operation': 'o'}"
            })
    void aScopeMeansTheSame_beforeAndAfter(String scope) {
        var calls = new Object[] {
            tenant.call("ada", Map.of("team", "search"), "s-1", now, "1"),
            tenant.call("ada", Map.of("team", "ads"), null, now, "2"),
            tenant.call("bob", Map.of("team", "search", "odd ü? %", "x"), "s-2", now, "4"),
            tenant.call(null, Map.of(), null, now, "8")
        };
        var early = door.create("annual", "100", ", 'scope': " + scope);
        tenant.uses(calls);
        var late = door.create("annual", "100", ", 'scope': " + scope);
        var position = late.header("Centime-Position");
        String spend = door.status(early, position).extract().path("current_spend");
        door.status(late, position).body("current_spend", equalTo(spend));
    }

    @Test
    void aChangedScopeIsCountedAnew() {
        var budget = door.create("annual", "10", ", 'scope': {'user': 'ada'}");
        tenant.uses(tenant.call("ada", now, "1"), tenant.call("bob", now, "2"));
        var changed = door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"scope\": {\"user\": [\"bob\"]}}")
                .patch("/api/v1/budgets/" + budget.path("id"));
        door.status(budget, changed.header("Centime-Position")).body("current_spend", equalTo("2"));
    }

    @Test
    void aDayIsTheOrganizationsOwn() {
        var kolkata = ZoneId.of("Asia/Kolkata");
        tenant = tenants.in(kolkata.getId());
        door = new Door(tenant);
        var midnight = LocalDate.ofInstant(now, kolkata).atStartOfDay(kolkata).toInstant();
        var budget = door.create("daily", "10", "");
        var position =
                tenant.uses(tenant.call("ada", midnight, "1"), tenant.call("ada", midnight.minusNanos(1000), "2"));
        door.status(budget, position)
                .body("current_spend", equalTo("1"))
                .body("window.start", equalTo(midnight.toString()));
    }

    @Test
    void whenTheOrganizationCountsItsDaysDifferently_soDoItsBudgets() {
        var elsewhere = ZoneId.of(Tenants.whereItIs(14));
        var midnight =
                LocalDate.ofInstant(now, elsewhere).atStartOfDay(elsewhere).toInstant();
        var budget = door.create("daily", "10", "");
        tenant.uses(tenant.call("ada", midnight, "1"), tenant.call("ada", midnight.minusNanos(1000), "2"));
        tenant.movesTo(elsewhere.getId());
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> door.admin()
                .get("/api/v1/budgets/" + budget.path("id") + "/status")
                .then()
                .body("window.start", equalTo(midnight.toString()))
                .body("current_spend", equalTo("1")));
    }

    @Test
    void aRollingBudgetLooksBack() {
        var budget = door.create("daily", "10", ", 'window': 'rolling'");
        var position = tenant.uses(
                tenant.call("ada", now.minus(Duration.ofHours(23)), "1"),
                tenant.call("ada", now.minus(Duration.ofHours(25)), "2"),
                tenant.call("ada", now, "4"));
        door.status(budget, position).body("current_spend", equalTo("5"));
    }

    @Test
    void eachSessionCountsByItself() {
        var budget = door.create("session", "10", "");
        var position = tenant.uses(
                tenant.call("ada", Map.of(), "one", now, "3"),
                tenant.call("ada", Map.of(), "two", now, "6"),
                tenant.call("ada", Map.of(), "one", now, "1"),
                tenant.call("ada", now, "50"));
        door.status(budget, position).body("session", equalTo("two")).body("current_spend", equalTo("6"));
        door.after(position)
                .get("/api/v1/budgets/" + budget.path("id") + "/status?session=one")
                .then()
                .body("current_spend", equalTo("4"))
                .body("window.end", nullValue())
                .body("days_remaining", nullValue());
    }

    @Test
    void atItsLimitItIsExceeded_andBlocksWhereItSaysSo() {
        var warns = door.create("annual", "10", "");
        var blocks = door.create("annual", "10", ", 'thresholds': [{'percent': 90, 'action': 'stop'}]");
        var position = tenant.uses(tenant.call("ada", now, "12.5"));
        door.status(warns, position)
                .body("alert_level", equalTo("exceeded"))
                .body("blocked", equalTo(false))
                .body("utilization", equalTo(1.25f))
                .body("remaining", equalTo("-2.5"))
                .body("exhaustion_at_rate", nullValue());
        door.status(blocks, position).body("blocked", equalTo(true));
    }

    @Test
    void onePageOfManyCallsCountsThemAll() {
        var budget = door.create("annual", "100000", "");
        var calls = new Object[2000];
        for (int index = 0; index < calls.length; index++) {
            calls[index] = tenant.call(null, now, "0.01");
        }
        var position = tenant.uses(calls);
        door.status(budget, position).body("current_spend", equalTo("20")).body("requests", equalTo(2000));
    }
}
