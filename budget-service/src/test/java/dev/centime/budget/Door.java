package dev.centime.budget;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.kit.testing.TestTokens;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The service's HTTP as one organization's people use it. */
record Door(Tenant tenant) {
    RequestSpecification admin() {
        return as(TestTokens.orgAdminToken(tenant.id()));
    }

    RequestSpecification user(String name) {
        return as(TestTokens.userToken(tenant.id(), name));
    }

    static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    /** A read that waits for a write. */
    RequestSpecification after(Response write) {
        return after(write.header("Centime-Position"));
    }

    RequestSpecification after(String position) {
        return admin().header("Centime-At-Least", position);
    }

    Response create(String body) {
        var created = admin().body(body).post("/api/v1/budgets");
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        return created;
    }

    /** @param more fields, each preceded by a comma */
    Response create(String type, String limit, String more) {
        return create("{\"name\": \"Team\", \"total_limit\": \"%s\", \"budget_type\": \"%s\"%s}"
                .formatted(limit, type, more.replace('\'', '"')));
    }

    ValidatableResponse status(Response budget, String atLeast) {
        return after(atLeast)
                .get("/api/v1/budgets/" + budget.path("id") + "/status")
                .then()
                .statusCode(200);
    }

    List<String> alertTitles() {
        return admin().get("/api/v1/alerts").path("items.title");
    }

    /** Asks again, as clients do, while the machine is too slow for the service to know what was spent a second ago. */
    static Response answered(Supplier<Response> question) {
        return Awaitility.await("an answer")
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(question::get, Door::isAnswered);
    }

    private static boolean isAnswered(Response answer) {
        if (answer.statusCode() != 503) {
            return true;
        }
        answer.then().contentType("application/problem+json").header("Retry-After", notNullValue());
        return false;
    }

    /** A reservation, asked for until it is decided. @param who makes each request */
    static Response reserved(Supplier<RequestSpecification> who, String body) {
        return answered(() -> who.get().body(body).post("/api/v1/limits/reservations"));
    }

    /** Alerts come after the spend that raised them. */
    void awaitAlerts(int number) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(alertTitles())
                .hasSize(number));
    }
}
