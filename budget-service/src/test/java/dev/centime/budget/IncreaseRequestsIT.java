package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.budget.event.IncreaseDecided;
import dev.centime.kit.Role;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a budget stops asks for more; an administrator decides, and all of it is on record. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class IncreaseRequestsIT {
    private static final String BLOCK = ", 'thresholds': [{'percent': 100, 'action': 'stop'}]";

    @Inject
    Tenants tenants;

    private Tenant tenant;
    private Door door;
    private Response budget;
    private String path;

    @BeforeEach
    void aBudgetThatStopsPeople() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
        budget = door.create("annual", "5", BLOCK);
        path = "/api/v1/budgets/" + budget.path("id") + "/increase-requests";
    }

    @Test
    void whomABudgetStopsMayAskForMore_andAnAdministratorSeesIt() {
        ask("ada", "25", "the launch")
                .then()
                .statusCode(200)
                .body("wanted", equalTo("25"))
                .body("limit", equalTo("5"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> door.admin()
                .get("/api/v1/alerts")
                .then()
                .body("items.kind", contains("budget-increase-request"))
                .body("items[0].message", equalTo("$25.00 instead of $5.00: the launch")));
        person("bob")
                .body("{\"total_limit\": \"5\"}")
                .post(path)
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("total_limit", "reason"));
        person("ada")
                .body("{}")
                .post(path.replace(budget.path("id"), "none"))
                .then()
                .statusCode(404);
    }

    @Test
    void grantedItRaisesTheLimit_withWhoWhenAndWhy() {
        String request = ask("ada", "25", "the launch").path("request_id");
        reserve("6").then().statusCode(402);
        var approved = decide(request, "approve", "it is paid for");
        approved.then()
                .statusCode(200)
                .body("state", equalTo("approved"))
                .body("decision.limit", equalTo("25"))
                .body("decision.reason", equalTo("it is paid for"))
                .body("decision.by", notNullValue())
                .body("decision.at", notNullValue());
        reserve("6").then().statusCode(201);
        door.after(approved)
                .get("/api/v1/budgets/" + budget.path("id"))
                .then()
                .header("ETag", equalTo("\"2\""))
                .body("total_limit", equalTo("25"))
                .body("thresholds", hasSize(1));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> door.after(approved)
                .get("/api/v1/alerts")
                .then()
                .body("items[0].acknowledged_at", notNullValue()));
        decide(request, "decline", "on second thought")
                .then()
                .statusCode(409)
                .body("detail", containsString("approved"));
    }

    @Test
    void declinedItIsOnRecordAllTheSame_andWhoAskedReadsWhy() {
        String request = ask("ada", "25", "the launch").path("request_id");
        ask("ada", "30", "the launch, really").then().statusCode(409).body("detail", containsString(request));
        decide(request, "decline", "wait for the next quarter")
                .then()
                .statusCode(200)
                .body("state", equalTo("declined"))
                .body("decision.limit", equalTo("5"));
        String second = ask("ada", "7", "a little, then").path("request_id");
        ask("bob", "50", "me too").then().statusCode(200);

        person("ada")
                .get(path)
                .then()
                .statusCode(200)
                .body("items.request_id", contains(second, request))
                .body("items.state", contains("open", "declined"))
                .body("items[0].decision", nullValue())
                .body("items[1].reason", equalTo("the launch"))
                .body("items[1].decision.reason", equalTo("wait for the next quarter"));
        var first = door.admin().get(path + "?limit=2");
        first.then().body("items.wanted", contains("50", "7")).body("next_cursor", notNullValue());
        door.admin()
                .get(path + "?limit=2&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.wanted", contains("25"))
                .body("next_cursor", nullValue());
        assertThat(tenants.stored(tenant, IncreaseDecided.class))
                .singleElement()
                .asString()
                .contains("\"approved\":false", "wait for the next quarter");
        reserve("6").then().statusCode(402).body("limit", equalTo("5"));
    }

    @Test
    void ofTwoWhoDecideAtOnceOneDoes() throws Exception {
        String request = ask("ada", "25", "the launch").path("request_id");
        try (var deciders = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = deciders.invokeAll(IntStream.range(0, 8)
                    .<Callable<Integer>>mapToObj(
                            i -> () -> decide(request, i % 2 == 0 ? "approve" : "decline", "because " + i)
                                    .statusCode())
                    .toList());
            int decided = 0;
            for (var answer : answers) {
                assertThat(answer.get()).isIn(200, 409);
                decided += answer.get() == 200 ? 1 : 0;
            }
            assertThat(decided).isEqualTo(1);
        }
        assertThat(tenants.stored(tenant, IncreaseDecided.class)).hasSize(1);
    }

    @Test
    void grantingOneTakesNothingBackThatStandsAlready_andNobodyElseDecides() {
        String small = ask("ada", "10", "a little").path("request_id");
        String large = ask("bob", "50", "a lot").path("request_id");
        decide(large, "approve", "yes").then().statusCode(200);
        decide(small, "approve", "yes").then().statusCode(200).body("decision.limit", equalTo("50"));
        person("ada")
                .body("{\"reason\": \"mine\"}")
                .post(path + "/" + small + "/approve")
                .then()
                .statusCode(403);
        decide("none", "approve", "yes").then().statusCode(404);
        door.admin()
                .body("{}")
                .post(path + "/" + small + "/decline")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("reason"));
        var elsewhere = new Door(tenants.atNoon());
        elsewhere.admin().get(path).then().statusCode(404);
        elsewhere
                .admin()
                .body("{\"reason\": \"x\"}")
                .post(path + "/" + small + "/decline")
                .then()
                .statusCode(404);
        person("eve").get(path).then().statusCode(200).body("items", empty());
    }

    /** With a key of his own. */
    private RequestSpecification person(String name) {
        return Door.as(TestTokens.token("key-of-" + name, Role.USER, tenant.id(), name, Duration.ofHours(1)));
    }

    private Response ask(String user, String limit, String reason) {
        return person(user)
                .body("{\"total_limit\": \"%s\", \"reason\": \"%s\"}".formatted(limit, reason))
                .post(path);
    }

    private Response decide(String request, String how, String reason) {
        return door.admin().body("{\"reason\": \"" + reason + "\"}").post(path + "/" + request + "/" + how);
    }

    private Response reserve(String cost) {
        return Door.reserved(door::admin, "{\"estimated_cost\": \"" + cost + "\"}");
    }
}
