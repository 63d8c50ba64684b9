package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static dev.centime.gateway.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the pages of analytics ask the services, and what becomes of a part that is down. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class AnalyticsTest {
    private static final String USER = "/api/v1/analytics/user";
    private static final String ADMIN = "/api/v1/analytics/admin";
    private static final String USED = "/api/v1/analytics/limits/used";

    Backends backends;

    @AfterEach
    void allEchoAgain() {
        backends.echoes(USER);
        backends.echoes(ADMIN);
        backends.echoes(USED);
    }

    @Test
    void aUsersKeyAsksForItself_withItsLimitsBeside() {
        var organization = Callers.organization("analytics-user");
        backends.answers(USED, items(new JsonObject().put("user", "Ada")));

        with(Callers.key(organization, "user", "Ada"))
                .get("/api/analytics/user?days=7")
                .then()
                .statusCode(200)
                .body("usage.uri", equalTo(USER + "?days=7"))
                .body("limits.user", equalTo("Ada"))
                .body("as_of", notNullValue())
                .body("unavailable", empty());
    }

    @Test
    void limitsAreAskedForWhoIsOnThePage_andForNobodyWhereNobodyIs() {
        backends.answers(ADMIN, page("user", "ada", null, "bob"));

        backends.answers(USED, items(new JsonObject().put("user", "ada"), new JsonObject().put("user", "bob")));
        admin().get(ADMIN)
                .then()
                .statusCode(200)
                .body("usage.items", hasSize(3))
                .body("limits.user", contains("ada", "bob"));
        assertThat(backends.asked(USED)).isEqualTo("{\"users\":[\"ada\",\"bob\"]}");
        backends.answers(ADMIN, page("organization", "acme"));
        admin().get(ADMIN).then().statusCode(200).body("limits", empty());
        backends.answers(ADMIN, page("user", (String) null));
        admin().get(ADMIN).then().statusCode(200).body("limits", empty());
    }

    @Test
    void aPartThatIsDown_isNamed_andTheOtherStands() {
        backends.answers(USED, items(new JsonObject().put("user", "ada")));
        backends.down("ingest");
        try {
            admin().get(USER + "?user=ada")
                    .then()
                    .statusCode(200)
                    .body("usage", nullValue())
                    .body("limits.user", equalTo("ada"))
                    .body("unavailable", contains("ingest"));
            admin().get(ADMIN).then().statusCode(200).body("unavailable", contains("ingest"));
        } finally {
            backends.up("ingest");
        }
        backends.down("budget");
        try {
            admin().get(USER + "?user=ada")
                    .then()
                    .statusCode(200)
                    .body("usage.service", equalTo("ingest"))
                    .body("limits", nullValue())
                    .body("unavailable", contains("budget"));
        } finally {
            backends.up("budget");
        }
    }

    @Test
    void whatIsRefused_isRefusedAsItIs() {
        backends.refuses(USER, 403, new JsonObject().put("detail", "not shown"));

        var refused = admin().get(USER + "?user=ada").then().statusCode(403);

        assertThat(refused.extract().contentType()).startsWith("application/problem+json");
        refused.body("detail", equalTo("not shown"));
    }

    private static JsonObject items(JsonObject... items) {
        return new JsonObject().put("items", new JsonArray(java.util.List.of(items)));
    }

    private static JsonObject page(String dimension, String... keys) {
        var items = new JsonArray();
        for (var key : keys) {
            items.add(new JsonObject().put("key", key));
        }
        return new JsonObject().put("dimension", dimension).put("items", items);
    }
}
