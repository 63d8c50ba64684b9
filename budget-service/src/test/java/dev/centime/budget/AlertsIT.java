package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.contracts.AlertRaised;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import dev.centime.eventstore.projection.Reaction;
import dev.centime.kit.testing.ServiceDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A threshold reached is an alert once: through more calls, rebuilds and a second replica. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class AlertsIT {
    @Inject
    Tenants tenants;

    @Inject
    Projections projections;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Inject
    WakeUps wakeUps;

    @Inject
    @ReactiveDataSource("runner")
    Pool runner;

    @Any
    @Inject
    Instance<Projection> everyProjection;

    @Any
    @Inject
    Instance<Reaction> everyReaction;

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
    void saysWhatWasReached() {
        var budget = door.create("monthly", "500", "");
        tenant.uses(tenant.call("ada", now, "400"));
        door.awaitAlerts(1);
        door.admin()
                .get("/api/v1/alerts")
                .then()
                .body("items[0].id", notNullValue())
                .body("items[0].kind", equalTo("budget-threshold"))
                .body("items[0].severity", equalTo("warning"))
                .body("items[0].entity", equalTo("budget/" + budget.path("id")))
                .body("items[0].title", equalTo("Budget Team has reached 80%"))
                .body(
                        "items[0].message",
                        startsWith("Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\n"))
                .body("items[0].details.alert_level", equalTo("warning"))
                .body("items[0].details.spend", equalTo("400"))
                .body("items[0].user", nullValue())
                .body("items[0].acknowledged_at", nullValue());
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> door.admin()
                .get("/api/v1/budgets/" + budget.path("id"))
                .then()
                .body("last_alert_at", notNullValue()));
    }

    @Test
    void eachThresholdOnce_howeverManyCallsFollow() {
        door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "8"));
        tenant.uses(tenant.call("ada", now, "0.5"));
        var correctedDown = tenant.call("ada", now, "1");
        tenant.uses(correctedDown);
        tenant.uses(tenant.repriced(correctedDown, "0"), tenant.call("ada", now, "1"));
        tenant.uses(tenant.call("ada", now, "5"), tenant.call("ada", now, "5"));
        door.awaitAlerts(3);
        settle(tenant.uses(tenant.call("ada", now, "5")));
        assertThat(raised()).hasSize(3);
    }

    @Test
    void aBudgetSetWhenItIsOverAlready_saysSo() {
        tenant.uses(tenant.call("ada", now, "9"));
        door.create("monthly", "10", "");
        door.awaitAlerts(1);
        assertThat(door.alertTitles()).containsExactly("Budget Team has reached 80%");
        door.admin()
                .get("/api/v1/alerts")
                .then()
                .body("items[0].message", startsWith("Budget Alert: Monthly spend has reached 90%"));
    }

    @Test
    void aNewNameRaisesNothingAgain_aNewLimitDoes() {
        var budget = door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "9"));
        door.awaitAlerts(1);
        var path = "/api/v1/budgets/" + budget.path("id");
        var renamed = door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"name\": \"Other\"}")
                .patch(path);
        settle(renamed.header("Centime-Position"));
        assertThat(raised()).hasSize(1);
        door.admin().header("If-Match", "\"2\"").body("{\"total_limit\": 11}").patch(path);
        door.awaitAlerts(2);
    }

    @Test
    void aSilencedBudgetRaisesWhatStandsWhenItSpeaksAgain() {
        var budget = door.create("monthly", "10", ", 'alert_enabled': false");
        settle(tenant.uses(tenant.call("ada", now, "9")));
        assertThat(raised()).isEmpty();
        door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"alert_enabled\": true}")
                .patch("/api/v1/budgets/" + budget.path("id"));
        door.awaitAlerts(1);
    }

    @Test
    void aRebuildChangesNothing_andRaisesNothing() {
        var budget = door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "9"), tenant.call("ada", now, "0.6"));
        door.awaitAlerts(2);
        var position = tenant.uses(tenant.call("ada", now, "0.1"));
        String before = door.status(budget, position).extract().asString();
        var rebuild = projections.rebuild("budget-spend").await().indefinitely();
        Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> projections.rebuilds().await().indefinitely().stream()
                        .anyMatch(each -> each.id().equals(rebuild) && each.finishedAt() != null));
        settle(tenant.uses(tenant.call("ada", now, "0.1")));
        assertThat(raised()).hasSize(2);
        var after = door.status(budget, position);
        after.body("current_spend", equalTo("9.8"));
        assertThat(before).contains("\"current_spend\":\"9.7\"");
    }

    @Test
    void withASecondReplicaEachThresholdIsStillOnce() {
        var second = ProjectionRunner.builder()
                .schema("budget")
                .log(log)
                .types(types)
                .pool(runner)
                .wakeUps(wakeUps)
                .metrics(new SimpleMeterRegistry());
        everyProjection.forEach(second::project);
        everyReaction.forEach(second::react);
        var replica = second.build();
        replica.start().await().indefinitely();
        try {
            var doors = new java.util.ArrayList<Door>();
            for (int number = 0; number < 6; number++) {
                var each = tenants.atNoon();
                doors.add(new Door(each));
                doors.getLast().create("monthly", "10", "");
                for (int call = 0; call < 12; call++) {
                    each.uses(each.call("ada", now, "1"));
                }
            }
            doors.forEach(each -> each.awaitAlerts(3));
            doors.forEach(each ->
                    assertThat(tenants.stored(each.tenant(), AlertRaised.class)).hasSize(3));
        } finally {
            replica.stop().await().indefinitely();
        }
    }

    @Test
    void isAcknowledgedByTheFirstWhoDoes() {
        door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "9"));
        door.awaitAlerts(1);
        String id = door.admin().get("/api/v1/alerts").path("items[0].id");
        var first = door.admin().post("/api/v1/alerts/" + id + "/acknowledge");
        first.then().statusCode(200).body("acknowledged_by", equalTo("key-of-org_admin"));
        Door.as(dev.centime.kit.testing.TestTokens.platformAdminToken(tenant.id()))
                .post("/api/v1/alerts/" + id + "/acknowledge")
                .then()
                .statusCode(200)
                .body("acknowledged_by", equalTo("key-of-org_admin"));
        door.after(first)
                .get("/api/v1/alerts?acknowledged=true")
                .then()
                .body("items[0].acknowledged_by", equalTo("key-of-org_admin"));
        door.after(first).get("/api/v1/alerts?acknowledged=false").then().body("items", empty());
        door.admin().post("/api/v1/alerts/none/acknowledge").then().statusCode(404);
    }

    @Test
    void aUserSeesAndAcknowledgesHisOwnAlone() {
        door.create("monthly", "10", ", 'scope': {'user': 'ada'}");
        door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "9"));
        door.awaitAlerts(2);
        door.user("ada").get("/api/v1/alerts").then().body("items", hasSize(1)).body("items[0].user", equalTo("ada"));
        door.user("bob").get("/api/v1/alerts").then().body("items", empty());
        String id = door.user("ada").get("/api/v1/alerts").path("items[0].id");
        door.user("bob").post("/api/v1/alerts/" + id + "/acknowledge").then().statusCode(404);
        door.user("ada").post("/api/v1/alerts/" + id + "/acknowledge").then().statusCode(200);
    }

    @Test
    void listsInPages_newestFirst() {
        door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "8"));
        door.awaitAlerts(1);
        tenant.uses(tenant.call("ada", now, "1.5"));
        door.awaitAlerts(2);
        var first = door.admin().get("/api/v1/alerts?limit=1");
        first.then().body("items.title", contains("Budget Team has reached 95%"));
        door.admin()
                .get("/api/v1/alerts?limit=1&cursor=" + first.path("next_cursor"))
                .then()
                .body("items.title", contains("Budget Team has reached 80%"))
                .body("next_cursor", nullValue());
        door.admin().get("/api/v1/alerts?severity=loud").then().statusCode(400);
        door.admin().get("/api/v1/alerts?severity=critical").then().body("items", hasSize(1));
        door.admin().get("/api/v1/alerts?budget_id=other").then().body("items", empty());
    }

    /** Waits until the views and the reactions have passed a position. */
    private void settle(String position) {
        door.after(position).get("/api/v1/alerts").then().statusCode(200);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> projections.status().await().indefinitely().stream()
                        .allMatch(status -> status.lagEvents() == 0));
    }

    private List<String> raised() {
        return tenants.stored(tenant, AlertRaised.class);
    }
}
