package dev.centime.budget;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.kit.testing.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of a person over HTTP. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class UserLimitsIT {
    private static final String LIMITS = "/api/v1/analytics/limits";

    @Inject
    Tenants tenants;

    private Tenant tenant;
    private Door door;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
    }

    private Response reserve(String user, String body) {
        return Door.reserved(() -> door.user(user), body);
    }

    @Test
    void whoWasNeverGivenLimitsHasNone() {
        door.user("ada")
                .get(LIMITS)
                .then()
                .statusCode(200)
                .body("user", equalTo("ada"))
                .body("daily_limit", nullValue());
        reserve("ada", "{\"estimated_cost\": \"1000\"}").then().statusCode(201);
    }

    @Test
    void limitsHoldForThatPerson_withTheUsualForWhatWasLeftOut() {
        door.admin()
                .body("{\"user\": \"ada\", \"daily_limit\": \"3\", \"email_alerts\": false}")
                .patch(LIMITS)
                .then()
                .statusCode(200)
                .body("daily_limit", equalTo("3"))
                .body("weekly_limit", equalTo("5"))
                .body("monthly_limit", equalTo("20"))
                .body("session_limit", equalTo("0.5"))
                .body("email_alerts", equalTo(false));
        reserve("ada", "{\"estimated_cost\": \"4\"}")
                .then()
                .statusCode(402)
                .body("budget_name", equalTo("Daily limit"));
        reserve("bob", "{\"estimated_cost\": \"4\"}").then().statusCode(201);
        door.user("ada").body("{\"daily_limit\": 4}").patch(LIMITS).then().statusCode(403);
        door.user("ada").body("{\"daily_limit\": 2}").patch(LIMITS).then().statusCode(200);
        door.user("ada").get(LIMITS).then().body("daily_limit", equalTo("2")).body("monthly_limit", equalTo("20"));
    }

    @Test
    void aLimitThatWasDeletedAndIsSetAgain_holdsAgain() {
        var set =
                door.admin().body("{\"user\": \"ada\", \"daily_limit\": \"3\"}").patch(LIMITS);
        String id = door.after(set).get("/api/v1/budgets?limit=100").path("items.find { it.name == 'Daily limit' }.id");
        door.admin().delete("/api/v1/budgets/" + id).then().statusCode(204);

        var again =
                door.admin().body("{\"user\": \"ada\", \"daily_limit\": \"2\"}").patch(LIMITS);

        door.after(again).get("/api/v1/budgets/" + id).then().statusCode(200).body("total_limit", equalTo("2"));
        reserve("ada", "{\"estimated_cost\": \"2.5\"}")
                .then()
                .statusCode(402)
                .body("budget_name", equalTo("Daily limit"));
    }

    @Test
    void theReservationOfAnotherPersonIsNotHis_howeverAlikeTheirBodies() {
        var body = "{\"id\": \"job-1\", \"estimated_cost\": \"0.1\"}";
        reserve("ada", body).then().statusCode(201);
        reserve("ada", body).then().statusCode(200);
        reserve("bob", body).then().statusCode(422).body("errors[0].field", equalTo("id"));
    }

    @Test
    void othersLimitsAreNotHisToSetOrRead_andBadOnesAreNamed() {
        door.user("ada")
                .body("{\"user\": \"bob\", \"daily_limit\": 1}")
                .patch(LIMITS)
                .then()
                .statusCode(403);
        door.user("ada").get(LIMITS + "?user=bob").then().statusCode(403);
        door.admin().get(LIMITS).then().statusCode(400);
        door.admin().body("{\"daily_limit\": 1}").patch(LIMITS).then().statusCode(422);
        door.admin()
                .body("{\"user\": \"ada\", \"daily_limit\": 0, \"weekly_limit\": \"x\", \"session_limit\": \"1e30\"}")
                .patch(LIMITS)
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("daily_limit", "weekly_limit", "session_limit"));
    }
}
