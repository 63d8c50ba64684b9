package dev.centime.budget;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much of their limits people use: shown where it may be, and to no administrator where individuals are hidden. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class IndividualsHiddenIT {
    private static final String LIMITS = "/api/v1/analytics/limits";
    private static final String USED = LIMITS + "/used";
    private static final String ADA = "{\"users\": [\"ada\"]}";

    @Inject
    Tenants tenants;

    private Tenant tenant;
    private Door door;
    private String position;

    @BeforeEach
    void aPersonWithLimits() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
        door.admin()
                .body("{\"user\": \"ada\", \"daily_limit\": \"3\", \"session_limit\": \"0.5\"}")
                .patch(LIMITS)
                .then()
                .statusCode(200);
        door.create("daily", "100", "");
        position = tenant.uses(tenant.call("ada", Instant.now(), "2.7"), tenant.call("bob", Instant.now(), "9"));
        door.awaitAlerts(1);
    }

    @Test
    void whoMaySeeThem_seesLimitsBesideSpend() {
        door.after(position)
                .body("{\"users\": [\"ada\", \"bob\", \"nobody-ever\"]}")
                .post(USED)
                .then()
                .statusCode(200)
                .body("items", hasSize(3))
                .body("items[0].user", equalTo("ada"))
                .body("items[0].daily.limit", equalTo("3"))
                .body("items[0].daily.spent", equalTo("2.7"))
                .body("items[0].daily.remaining", equalTo("0.3"))
                .body("items[0].daily.alert_level", equalTo("warning"))
                .body("items[0].daily.blocked", equalTo(false))
                .body("items[0].daily.resets_at", notNullValue())
                .body("items[0].weekly.limit", equalTo("5"))
                .body("items[0].session_limit", equalTo("0.5"))
                .body("items[1].daily", nullValue())
                .body("items[2].session_limit", nullValue());
        door.user("ada").body(ADA).post(USED).then().statusCode(200).body("items", hasSize(1));
        door.user("bob").body(ADA).post(USED).then().statusCode(403);
        door.admin()
                .body("{\"users\": []}")
                .post(USED)
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("users"));
        door.admin().body("{\"users\": [null]}").post(USED).then().statusCode(422);
        new Door(tenants.atNoon()).admin().body(ADA).post(USED).then().body("items[0].daily", nullValue());
    }

    @Test
    void whereTheyAreHidden_anAdministratorLearnsNoAmountOfAPerson() {
        String id = door.admin().get("/api/v1/budgets?limit=100").path("items.find { it.name == 'Daily limit' }.id");
        String alert = door.admin().get("/api/v1/alerts").path("items[0].id");
        tenant.hidesIndividuals();

        door.admin()
                .get("/api/v1/budgets?limit=100")
                .then()
                .statusCode(200)
                .body("items", hasSize(5))
                .body("items.find { it.name == 'Daily limit' }.status", nullValue())
                .body("items.find { it.name == 'Team' }.status.current_spend", equalTo("11.7"));
        door.admin().get("/api/v1/budgets/" + id).then().statusCode(200).body("total_limit", equalTo("3"));
        door.admin().get("/api/v1/budgets/" + id + "/status").then().statusCode(403);
        door.admin().get("/api/v1/budgets/" + id + "/history").then().statusCode(403);
        door.admin().get("/api/v1/alerts").then().statusCode(200).body("items", empty());
        door.admin().post("/api/v1/alerts/" + alert + "/acknowledge").then().statusCode(404);
        door.admin().body(ADA).post(USED).then().statusCode(403);
        var check = Door.answered(
                        () -> door.after(position).get("/api/v1/analytics/check-limit?user=ada&estimated_cost=1"))
                .then()
                .statusCode(200);
        check.body("allowed", equalTo(false))
                .body("blocking[0].name", equalTo("Daily limit"))
                .body("blocking[0].spent", nullValue())
                .body("limits.find { it.name == 'Team' }.spent", equalTo("11.7"));
        door.admin().get(LIMITS + "?user=ada").then().statusCode(200).body("daily_limit", equalTo("3"));
    }

    @Test
    void whereTheyAreHidden_anAlertAboutSeveralOfThemIsToo() {
        door.create("weekly", "12", ", 'scope': {'user': ['ada', 'bob']}");
        await().atMost(Duration.ofSeconds(60)).until(() -> door.alertTitles().contains("Budget Team has reached 80%"));
        String alert =
                door.admin().get("/api/v1/alerts").path("items.find { it.title == 'Budget Team has reached 80%' }.id");
        tenant.hidesIndividuals();

        door.admin().get("/api/v1/alerts").then().statusCode(200).body("items", empty());
        door.admin().post("/api/v1/alerts/" + alert + "/acknowledge").then().statusCode(404);
    }

    @Test
    void whereTheyAreHidden_thePersonAndThePlatformSeeThem() {
        String id = door.admin().get("/api/v1/budgets?limit=100").path("items.find { it.name == 'Daily limit' }.id");
        tenant.hidesIndividuals();

        door.user("ada")
                .get("/api/v1/budgets/" + id + "/status")
                .then()
                .statusCode(200)
                .body("current_spend", equalTo("2.7"));
        door.user("ada").get("/api/v1/alerts").then().body("items", hasSize(1));
        Door.as(TestTokens.platformAdminToken(tenant.id()))
                .body(ADA)
                .post(USED)
                .then()
                .statusCode(200)
                .body("items[0].daily.spent", equalTo("2.7"));
    }
}
