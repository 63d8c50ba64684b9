package dev.centime.budget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A budget's life over HTTP: create, read, list, change, delete; who may, and what is refused. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class BudgetsIT {
    private static final String MONTHLY = """
            {"name": "All", "total_limit": "500.00", "budget_type": "monthly"}""";

    @Inject
    Tenants tenants;

    @Inject
    Projections projections;

    private Tenant tenant;
    private Door door;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
    }

    @Test
    void createsABudget_andShowsItWithItsDefaults() {
        var created = door.admin()
                .body(MONTHLY)
                .post("/api/v1/budgets")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Centime-Position", notNullValue())
                .body("total_limit", equalTo("500"))
                .body("created_by", equalTo("key-of-org_admin"))
                .extract()
                .response();
        var id = created.path("id").toString();
        assertThat(created.header("Location")).endsWith("/api/v1/budgets/" + id);
        door.after(created)
                .get("/api/v1/budgets/" + id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("id", equalTo(id))
                .body("name", equalTo("All"))
                .body("budget_type", equalTo("monthly"))
                .body("window", equalTo("calendar"))
                .body("rollover", equalTo("none"))
                .body("renews", equalTo(true))
                .body("is_active", equalTo(true))
                .body("alert_enabled", equalTo(true))
                .body("cooldown_minutes", equalTo(60))
                .body("thresholds.percent", contains(80f, 95f, 100f))
                .body("thresholds.action", contains("warn", "warn", "warn"))
                .body("scope", equalTo(java.util.Map.of()))
                .body("last_alert_at", nullValue())
                .body("created_at", notNullValue());
    }

    @Test
    void keepsNamesOfPersonsAndAddressesOutOfTheLog_andShowsThem() throws Exception {
        var created = door.create("""
                {"name": "Hers", "total_limit": 5, "budget_type": "daily", "scope": {"user": "Ada Secret"},
                 "alert_contacts": {"emails": ["ada.secret@example.com"], "webhooks": ["https://example.com/hook?key=Secret"]}}""");
        door.after(created)
                .get("/api/v1/budgets/" + created.path("id"))
                .then()
                .body("scope.user", contains("Ada Secret"))
                .body("alert_contacts.emails", contains("ada.secret@example.com"))
                .body("alert_contacts.webhooks", contains("https://example.com/hook?key=Secret"));
        assertThat(tenants.stored(tenant)).isNotEmpty().noneMatch(payload -> payload.toLowerCase()
                .contains("secret"));
    }

    @Test
    void aRetryWithTheSameKeyIsTheSameBudget_andAnotherBodyIsRefused() {
        var key = UUID.randomUUID().toString();
        var first = door.admin().header("Idempotency-Key", key).body(MONTHLY).post("/api/v1/budgets");
        var again = door.admin().header("Idempotency-Key", key).body(MONTHLY).post("/api/v1/budgets");
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.path("id").toString()).isEqualTo(first.path("id").toString());
        door.admin()
                .header("Idempotency-Key", key)
                .body(MONTHLY.replace("500", "600"))
                .post("/api/v1/budgets")
                .then()
                .statusCode(422);
    }

    @Test
    void refusesABadBody_namingEveryField() {
        door.admin()
                .body("""
                        {"name": "", "total_limit": -5, "budget_type": "fortnightly", "thresholds": [{"percent": 90}, {"percent": 80}],
                         "scope": {"planet": "x"}}""")
                .post("/api/v1/budgets")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body(
                        "errors.field",
                        hasItems("name", "total_limit", "budget_type", "thresholds[1].percent", "scope.planet"));
        door.admin().body("{\"name\": ").post("/api/v1/budgets").then().statusCode(400);
        door.admin().body("[]").post("/api/v1/budgets").then().statusCode(422);
        door.admin().post("/api/v1/budgets").then().statusCode(422);
        door.admin()
                .contentType("text/plain")
                .body("x")
                .post("/api/v1/budgets")
                .then()
                .statusCode(415);
    }

    @Test
    void changesWhatIsSent_andKeepsTheRest() {
        var created = door.create("""
                {"name": "Hers", "total_limit": 5, "budget_type": "daily", "scope": {"user": "ada"}, "description": "d"}""");
        var path = "/api/v1/budgets/" + created.path("id");
        var changed = door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"total_limit\": \"7.5\", \"description\": null}")
                .patch(path);
        changed.then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("total_limit", equalTo("7.5"))
                .body("description", nullValue())
                .body("scope.user", contains("ada"))
                .body("name", equalTo("Hers"));
        door.after(changed).get(path).then().header("ETag", "\"2\"").body("total_limit", equalTo("7.5"));
    }

    @Test
    void aChangeMustNameTheVersionItChanges() {
        var path = "/api/v1/budgets/" + door.create(MONTHLY).path("id");
        door.admin().body("{\"name\": \"x\"}").patch(path).then().statusCode(428);
        door.admin()
                .header("If-Match", "\"7\"")
                .body("{\"name\": \"x\"}")
                .patch(path)
                .then()
                .statusCode(412);
        door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"total_limit\": 0}")
                .patch(path)
                .then()
                .statusCode(422)
                .body("errors.field", contains("total_limit"));
        door.admin().header("If-Match", "\"1\"").body("7").patch(path).then().statusCode(422);
    }

    @Test
    void ofConcurrentChangesExactlyOneWins() {
        var path = "/api/v1/budgets/" + door.create(MONTHLY).path("id");
        var codes = IntStream.range(0, 8)
                .parallel()
                .mapToObj(number -> door.admin()
                        .header("If-Match", "\"1\"")
                        .body("{\"name\": \"change " + number + "\"}")
                        .patch(path)
                        .statusCode())
                .sorted()
                .toList();
        assertThat(codes).containsExactly(200, 412, 412, 412, 412, 412, 412, 412);
    }

    @Test
    void aDeletedBudgetIsGone() {
        var created = door.create(MONTHLY);
        var path = "/api/v1/budgets/" + created.path("id");
        door.admin().header("If-Match", "\"7\"").delete(path).then().statusCode(412);
        var deleted = door.admin().delete(path);
        assertThat(deleted.statusCode()).isEqualTo(204);
        door.after(deleted).get(path).then().statusCode(404);
        door.after(deleted)
                .get(path + "/status")
                .then()
                .statusCode(404)
                .body("detail", containsString("was deleted; its history"));
        door.admin().delete(path).then().statusCode(404);
        door.after(deleted).get("/api/v1/budgets").then().body("items", empty());
    }

    @Test
    void whatCountedAgainstADeletedBudgetIsStillTold_toThoseWhoSawIt() {
        var created =
                door.create("{'name': 'Adas', 'total_limit': 10, 'budget_type': 'monthly', 'scope': {'user': 'ada'}}"
                        .replace('\'', '"'));
        var path = "/api/v1/budgets/" + created.path("id");
        var spent = tenant.uses(tenant.call("ada", Instant.now(), "4"));
        door.after(spent).get(path + "/history").then().body("total_cost", equalTo("4"));
        var deleted = door.admin().delete(path);
        assertThat(deleted.statusCode()).isEqualTo(204);
        door.after(tenant.uses(tenant.call("ada", Instant.now(), "2")))
                .get(path + "/history")
                .then()
                .statusCode(200)
                .body("budget_id", equalTo(created.path("id")))
                .body("total_cost", equalTo("4"));
        door.user("ada").get(path + "/history").then().statusCode(200).body("total_cost", equalTo("4"));
        door.user("bob").get(path + "/history").then().statusCode(404);
        new Door(tenants.atNoon()).admin().get(path + "/history").then().statusCode(404);
        door.admin().get("/api/v1/budgets/never-was/history").then().statusCode(404);
    }

    @Test
    void listsInPages_stableUnderInserts() {
        Response last = null;
        for (var name : List.of("a", "b", "c", "d", "e")) {
            last = door.create("{\"name\": \"%s\", \"total_limit\": 5, \"budget_type\": \"daily\"}".formatted(name));
        }
        var first = door.after(last).get("/api/v1/budgets?sort=-name&limit=2");
        first.then().body("items.name", contains("e", "d"));
        last = door.create("{\"name\": \"f\", \"total_limit\": 5, \"budget_type\": \"daily\"}");
        var next = first.path("next_cursor").toString();
        var second = door.after(last).get("/api/v1/budgets?sort=-name&limit=2&cursor=" + next);
        second.then().body("items.name", contains("c", "b"));
        door.after(last)
                .get("/api/v1/budgets?sort=-name&limit=2&cursor=" + second.path("next_cursor"))
                .then()
                .body("items.name", contains("a"))
                .body("next_cursor", nullValue());
        door.admin().get("/api/v1/budgets?sort=name&cursor=" + next).then().statusCode(400);
        door.admin().get("/api/v1/budgets?budget_type=hourly").then().statusCode(400);
        door.admin().get("/api/v1/budgets?budget_type=weekly").then().body("items", empty());
        door.admin()
                .get("/api/v1/budgets?is_active=true&sort=total_limit")
                .then()
                .body("items", hasSize(6));
    }

    @Test
    void aListShowsHowEachStands() {
        door.after(door.create(MONTHLY))
                .get("/api/v1/budgets")
                .then()
                .body("items[0].status.current_spend", equalTo("0"))
                .body("items[0].status.alert_level", equalTo("none"))
                .body("items[0].id", notNullValue());
    }

    @Test
    void aUserSeesHisOwnBudgetsAlone_andChangesNone() {
        door.create(MONTHLY);
        door.create(
                "{\"name\": \"both\", \"total_limit\": 5, \"budget_type\": \"daily\", \"scope\": {\"user\": [\"ada\", \"bob\"]}}");
        var bobs = door.create(
                "{\"name\": \"bob\", \"total_limit\": 5, \"budget_type\": \"daily\", \"scope\": {\"user\": \"bob\"}}");
        var adas = door.create(
                "{\"name\": \"ada\", \"total_limit\": 5, \"budget_type\": \"daily\", \"scope\": {\"user\": \"ada\"}}");
        door.user("ada")
                .header("Centime-At-Least", adas.header("Centime-Position"))
                .get("/api/v1/budgets")
                .then()
                .body("items.name", contains("ada"));
        door.user("ada").get("/api/v1/budgets/" + bobs.path("id")).then().statusCode(404);
        door.user("ada")
                .get("/api/v1/budgets/" + bobs.path("id") + "/status")
                .then()
                .statusCode(404);
        door.user("ada")
                .get("/api/v1/budgets/" + adas.path("id") + "/status")
                .then()
                .statusCode(200);
        door.user("ada").body(MONTHLY).post("/api/v1/budgets").then().statusCode(403);
        door.user("ada")
                .header("If-Match", "*")
                .body("{}")
                .patch("/api/v1/budgets/" + adas.path("id"))
                .then()
                .statusCode(403);
        door.user("ada").delete("/api/v1/budgets/" + adas.path("id")).then().statusCode(403);
    }

    @Test
    void nothingCrossesTheOrganization() {
        var created = door.create(MONTHLY);
        var path = "/api/v1/budgets/" + created.path("id");
        var other = tenants.atNoon();
        var stranger = TestTokens.orgAdminToken(other.id());
        Door.as(stranger).get(path).then().statusCode(404);
        Door.as(stranger).get(path + "/status").then().statusCode(404);
        Door.as(stranger).get(path + "/history").then().statusCode(404);
        Door.as(stranger).get("/api/v1/budgets").then().body("items", empty());
        Door.as(stranger)
                .header("If-Match", "\"1\"")
                .body("{}")
                .patch(path)
                .then()
                .statusCode(404);
        Door.as(stranger).delete(path).then().statusCode(404);
        door.after(created).get(path).then().statusCode(200).body("name", not(equalTo("x")));
    }

    @Test
    void ingestKeysAndNobodyAreTurnedAway() {
        Door.as(TestTokens.ingestToken(tenant.id()))
                .get("/api/v1/budgets")
                .then()
                .statusCode(403);
        Door.as(TestTokens.ingestToken(tenant.id()))
                .get("/api/v1/alerts")
                .then()
                .statusCode(403);
        given().get("/api/v1/budgets").then().statusCode(401);
    }

    @Test
    void aPlatformAdminReadsOverAll_andWritesInOne() {
        door.create(MONTHLY);
        var other = new Door(tenants.atNoon());
        var theirs = other.create("daily", "5", ", 'scope': {'user': 'ada'}");
        var everywhere = Door.as(TestTokens.platformAdminToken("*"));
        everywhere
                .header("Centime-At-Least", theirs.header("Centime-Position"))
                .get("/api/v1/budgets?limit=1000")
                .then()
                .statusCode(200)
                .body(
                        "items.organization_id",
                        hasItems(tenant.id(), other.tenant().id()))
                .body("items.find { it.id == '" + theirs.path("id") + "' }.scope.user", contains("ada"));
        Door.as(TestTokens.platformAdminToken("*"))
                .get("/api/v1/budgets/" + theirs.path("id") + "/status")
                .then()
                .statusCode(200);
        Door.as(TestTokens.platformAdminToken("*"))
                .get("/api/v1/alerts?limit=1")
                .then()
                .statusCode(200);
        Door.as(TestTokens.platformAdminToken("*"))
                .body(MONTHLY)
                .post("/api/v1/budgets")
                .then()
                .statusCode(400);
    }

    @Test
    void anIdThatCanBeNoneIsNotFound() {
        for (var id : List.of("%00", "none", "%ff", "a%20b", "x".repeat(300))) {
            var path = "/api/v1/budgets/" + id;
            door.admin().urlEncodingEnabled(false).get(path).then().statusCode(404);
            door.admin().urlEncodingEnabled(false).get(path + "/status").then().statusCode(404);
            door.admin().urlEncodingEnabled(false).get(path + "/history").then().statusCode(404);
            door.admin().urlEncodingEnabled(false).delete(path).then().statusCode(404);
            door.admin()
                    .urlEncodingEnabled(false)
                    .header("If-Match", "\"1\"")
                    .body("{}")
                    .patch(path)
                    .then()
                    .statusCode(404);
            door.admin()
                    .urlEncodingEnabled(false)
                    .post("/api/v1/alerts/" + id + "/acknowledge")
                    .then()
                    .statusCode(404);
        }
    }

    /** The first of November 2026 has 25 hours in New York, the eighth of March 23. */
    @Test
    void aDayOnWhichTheClockChangesIsOneDayOfItsHistory() {
        tenant = tenants.in("America/New_York");
        door = new Door(tenant);
        var budget = door.create("daily", "10", ", 'start_date': '2026-03-01'");
        var position = tenant.uses(
                tenant.call("ada", Instant.parse("2026-03-08T05:00:00Z"), "1"),
                tenant.call("ada", Instant.parse("2026-03-09T03:59:59Z"), "2"),
                tenant.call("ada", Instant.parse("2026-03-09T04:00:00Z"), "4"),
                tenant.call("ada", Instant.parse("2026-11-01T03:59:59Z"), "8"),
                tenant.call("ada", Instant.parse("2026-11-01T04:00:00Z"), "16"),
                tenant.call("ada", Instant.parse("2026-11-02T04:59:59Z"), "32"),
                tenant.call("ada", Instant.parse("2026-11-02T05:00:00Z"), "64"));
        var history = "/api/v1/budgets/" + budget.path("id") + "/history?start_date=%s&end_date=%s";
        door.after(position)
                .get(history.formatted("2026-03-07", "2026-03-09"))
                .then()
                .body("points.total_cost", contains("0", "3", "4"));
        door.after(position)
                .get(history.formatted("2026-10-31", "2026-11-02"))
                .then()
                .body("points.total_cost", contains("8", "48", "64"))
                .body("points.date", contains("2026-10-31", "2026-11-01", "2026-11-02"));
    }

    @Test
    void listsInAnyOrder_downToTheLastCent() {
        Response last = null;
        for (var limit : List.of("9.5", "10", "9.49", "100", "0.000001")) {
            last = door.create(
                    "{\"name\": \"%s\", \"total_limit\": \"%s\", \"budget_type\": \"daily\"}".formatted(limit, limit));
        }
        var sorted = new ArrayList<String>();
        var cursor = "";
        while (cursor != null) {
            var page = door.after(last).get("/api/v1/budgets?sort=total_limit&limit=2" + cursor);
            sorted.addAll(page.path("items.name"));
            cursor = page.path("next_cursor") == null ? null : "&cursor=" + page.path("next_cursor");
        }
        assertThat(sorted).containsExactly("0.000001", "9.49", "9.5", "10", "100");
        door.after(last)
                .get("/api/v1/budgets?sort=-created_at&limit=2")
                .then()
                .body("items.name", contains("0.000001", "100"));
        door.after(last).get("/api/v1/budgets?is_active=false").then().body("items", empty());
    }

    /** As when a view of many is made anew: what folds or reacts to a page step by step must not sink into itself. */
    @Test
    void thousandsOfBudgetsInOnePageAreFolded_andReactedTo() {
        // By whose calendar they are set: else each of them would be set anew by its organization's.
        tenant = tenants.in("UTC");
        door = new Door(tenant);
        var sets = IntStream.range(0, 3_000)
                .mapToObj(number -> new BudgetSet(
                        tenant.id() + "-" + number,
                        1,
                        Given.budget(Type.DAILY).named("b" + number),
                        "key",
                        "key",
                        Instant.parse("2100-01-01T00:00:00Z")))
                .toArray();
        var position = tenant.uses(sets);
        assertThat(projections
                        .await("follow-calendars", Position.parse(position), Duration.ofSeconds(60))
                        .await()
                        .indefinitely())
                .isTrue();
        door.after(position)
                .get("/api/v1/budgets?sort=-name&limit=1")
                .then()
                .statusCode(200)
                .body("items.name", contains("b999"));
    }

    @Test
    void anEarlierMomentCannotBeAskedFor() {
        var id = door.create(MONTHLY).path("id");
        for (var path : List.of("", "/" + id + "/status", "/" + id + "/history")) {
            door.admin()
                    .get("/api/v1/budgets" + path + "?as_of=2026-01-01T00:00:00Z")
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains("as_of"));
        }
    }

    @Test
    void isDescribedAsItAnswers() {
        var document = given().accept("application/json").get("/q/openapi");
        document.then()
                .statusCode(200)
                .body("paths.'/api/v1/budgets'.post.operationId", equalTo("createBudget"))
                .body("paths.'/api/v1/budgets'.get.operationId", equalTo("listBudgets"))
                .body("paths.'/api/v1/budgets/{id}'.patch.operationId", equalTo("changeBudget"))
                .body("paths.'/api/v1/budgets/{id}/status'.get.operationId", equalTo("budgetStatus"))
                .body("paths.'/api/v1/alerts/{id}/acknowledge'.post.operationId", equalTo("acknowledgeAlert"))
                .body("components.schemas.Budget.required", hasItems("name", "total_limit", "budget_type"))
                .body("components.schemas.Budget.properties.is_active.type", equalTo("boolean"));
        java.util.Map<String, Object> described = document.path("components.schemas.Budget.properties");
        var created = door.create(MONTHLY);
        java.util.Map<String, Object> shown =
                door.after(created).get("/api/v1/budgets/" + created.path("id")).path("$");
        assertThat(described.keySet()).containsExactlyInAnyOrderElementsOf(shown.keySet());
    }
}
