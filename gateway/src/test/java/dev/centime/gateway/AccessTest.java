package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static dev.centime.gateway.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.database.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys, sessions and organizations on the real gateway. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class AccessTest {
    private static final String PROBLEM = "application/problem+json";

    TestPostgres.Database database;

    @Test
    void knowsThePlatformAdminByTheKeyItWasStartedWith() {
        admin().get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("id", equalTo("platform-admin"))
                .body("role", equalTo("platform_admin"))
                .body("organization.id", equalTo("default"))
                .body("organization.time_zone", equalTo("UTC"))
                .body("organization.week_starts_on", equalTo("monday"))
                .body("organization.fiscal_year_start", equalTo("01-01"))
                .body("csrf_token", nullValue());
    }

    @Test
    void answers401_toNoKeyAndToAWrongOne() {
        given().get("/api/v1/me").then().statusCode(401).contentType(PROBLEM);
        with("ck_wrong").get("/api/v1/me").then().statusCode(401).contentType(PROBLEM);
        given().header("Authorization", "Digest x").get("/api/v1/me").then().statusCode(401);
        with("ck_wrong").get("/api/v1/costs/summary").then().statusCode(401).contentType(PROBLEM);
    }

    @Test
    void takesAKeyAsBasicPassword() {
        given().auth()
                .preemptive()
                .basic("anything", GatewayInstance.ADMIN_KEY)
                .get("/api/v1/me")
                .then()
                .statusCode(200);
    }

    @Test
    void showsAKeyOnce_andStoresItsHashOnly() throws SQLException {
        var made = Callers.made("default", "user", "Grace Hopper");
        assertThat(made.get("key")).startsWith("ck_").hasSizeGreaterThan(40);
        with(made.get("key"))
                .get("/api/v1/me")
                .then()
                .body("user", equalTo("Grace Hopper"))
                .body("role", equalTo("user"));
        admin().get("/api/v1/admin/api-keys?limit=1000")
                .then()
                .statusCode(200)
                .body("items.find { it.id == '" + made.get("id") + "' }.user", equalTo("Grace Hopper"))
                .body(not(containsString(made.get("key"))))
                .body(not(containsString("hash")));
        assertThat(inTheLog(made.get("key"))).isZero();
        assertThat(inTheLog("Grace Hopper"))
                .as("people are not named in the log")
                .isZero();
    }

    private long inTheLog(String text) throws SQLException {
        try (var connection = database.connect();
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM log.event WHERE position(convert_to(?, 'UTF8') IN payload) > 0")) {
            query.setString(1, text);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Test
    void revokesAKeyAtOnce_andItsSessionsWithIt() {
        var made = Callers.made("default", "org_admin", null);
        var session = signIn(made.get("key"));
        with(made.get("key")).get("/api/v1/me").then().statusCode(200);
        given().cookie("centime_session", session).get("/api/v1/me").then().statusCode(200);

        admin().delete("/api/v1/admin/api-keys/" + made.get("id"))
                .then()
                .statusCode(204)
                .header("Centime-Position", notNullValue());

        with(made.get("key")).get("/api/v1/me").then().statusCode(401);
        given().cookie("centime_session", session).get("/api/v1/me").then().statusCode(401);
        admin().delete("/api/v1/admin/api-keys/" + made.get("id")).then().statusCode(404);
    }

    @Test
    void rotatesAKey_soThatTheOldSecretOpensNothing() {
        var made = Callers.made("default", "ingest", null);
        String rotated = admin().post("/api/v1/admin/api-keys/" + made.get("id") + "/rotate")
                .then()
                .statusCode(200)
                .body("id", equalTo(made.get("id")))
                .extract()
                .path("key");
        with(made.get("key")).get("/api/v1/me").then().statusCode(401);
        with(rotated).get("/api/v1/me").then().statusCode(200);
    }

    @Test
    void letsAnExpiredKeyInNoMore() {
        // A machine may be too slow to make such a key, or to see it while it holds: then one that holds for longer.
        var seconds = 2;
        var soon = Instant.now().plusSeconds(seconds);
        var key = keyUntil(soon);
        while (key.isEmpty() || with(key.get()).get("/api/v1/me").statusCode() != 200) {
            assertThat(Instant.now()).isAfterOrEqualTo(soon);
            seconds *= 2;
            soon = Instant.now().plusSeconds(seconds);
            key = keyUntil(soon);
        }
        var shortLived = key.get();
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofSeconds(60 + seconds))
                .untilAsserted(() -> with(shortLived).get("/api/v1/me").then().statusCode(401));
        assertThat(Instant.now()).isAfterOrEqualTo(soon);
    }

    /** Empty when it had expired before it was made. */
    private Optional<String> keyUntil(Instant expiresAt) {
        var made = admin().contentType("application/json")
                .body(Map.of("role", "org_admin", "name", "short", "expires_at", expiresAt.toString()))
                .post("/api/v1/admin/api-keys");
        if (made.statusCode() == 422) {
            return Optional.empty();
        }
        return Optional.of(made.then().statusCode(201).extract().path("key"));
    }

    @Test
    void refusesAKeyThatMakesNoSense() {
        refuses(Map.of("role", "user", "name", "x"), "user");
        refuses(Map.of("role", "ingest", "name", "x", "user", "ada"), "user");
        refuses(Map.of("role", "king", "name", "x"), "role");
        refuses(Map.of("role", "ingest"), "name");
        refuses(Map.of("role", "ingest", "name", " "), "name");
        refuses(Map.of("role", "ingest", "name", "x", "organization_id", "nowhere"), "organization_id");
        refuses(Map.of("role", "ingest", "name", "x", "expires_at", "2001-01-01T00:00:00Z"), "expires_at");
    }

    private static void refuses(Map<String, String> body, String field) {
        admin().contentType("application/json")
                .body(body)
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(422)
                .contentType(PROBLEM)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void letsAnOrgAdminManageTheKeysOfHisOrganizationOnly() {
        var organization = Callers.organization("keys-of-one");
        var orgAdmin = Callers.key(organization, "org_admin", null);
        var foreign = Callers.made("default", "ingest", null);

        with(orgAdmin)
                .contentType("application/json")
                .body(Map.of("role", "user", "name", "hers", "user", "ada"))
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(201);
        with(orgAdmin)
                .contentType("application/json")
                .body(Map.of("role", "platform_admin", "name", "too much"))
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(403);
        with(orgAdmin)
                .contentType("application/json")
                .body(Map.of("role", "ingest", "name", "foreign", "organization_id", "default"))
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(403);
        with(orgAdmin)
                .get("/api/v1/admin/api-keys?limit=1000")
                .then()
                .body("items.organization_id.unique()", equalTo(java.util.List.of(organization)));
        with(orgAdmin)
                .delete("/api/v1/admin/api-keys/" + foreign.get("id"))
                .then()
                .statusCode(404);
        with(orgAdmin)
                .post("/api/v1/admin/api-keys/" + foreign.get("id") + "/rotate")
                .then()
                .statusCode(404);
        with(orgAdmin).get("/api/v1/admin/organizations").then().statusCode(403);
    }

    @Test
    void makesAKeyOnce_whenTheRequestIsRepeated() {
        var body = Map.of("role", "ingest", "name", "once");
        var first = admin().contentType("application/json")
                .header("Idempotency-Key", "make-once")
                .body(body)
                .post("/api/v1/admin/api-keys");
        assertThat(first.statusCode()).isEqualTo(201);
        admin().contentType("application/json")
                .header("Idempotency-Key", "make-once")
                .body(body)
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(409)
                .contentType(PROBLEM);
    }

    @Test
    void foundsAndChangesAnOrganization_forWhoSawItsNewestVersion() {
        var founded = admin().contentType("application/json")
                .body(Map.of("name", "Büro & Söhne", "id", "buero", "time_zone", "Asia/Kolkata"))
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/v1/admin/organizations/buero"))
                .header("ETag", equalTo("\"1\""))
                .body("week_starts_on", equalTo("monday"))
                .body("detail_retention_days", is(365))
                .extract();
        assertThat(founded.header("Centime-Position")).isNotNull();
        var path = "/api/v1/admin/organizations/buero";
        var change = Map.of("week_starts_on", "sunday", "fiscal_year_start", "04-01");
        var json = "application/json";
        admin().contentType(json).body(change).patch(path).then().statusCode(428);
        admin().contentType(json)
                .header("If-Match", "\"9\"")
                .body(change)
                .patch(path)
                .then()
                .statusCode(412);
        admin().contentType(json)
                .header("If-Match", "\"1\"")
                .body(change)
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", equalTo("\"2\""))
                .body("week_starts_on", equalTo("sunday"))
                .body("fiscal_year_start", equalTo("04-01"))
                .body("time_zone", equalTo("Asia/Kolkata"));
        admin().get(path).then().statusCode(200).header("ETag", equalTo("\"2\""));
        admin().contentType(json)
                .body(Map.of("name", "again", "id", "buero"))
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(409);
    }

    @Test
    void namesTheFieldOfAnOrganizationThatIsWrong() {
        var wrong = Map.of(
                "time_zone", "Mars/Olympus",
                "week_starts_on", "someday",
                "fiscal_year_start", "02-29",
                "id", "Not An Id",
                "detail_retention_days", "0");
        wrong.forEach((field, value) -> admin().contentType("application/json")
                .body("{\"name\":\"x\",\"" + field + "\":"
                        + (field.equals("detail_retention_days") ? value : "\"" + value + "\"") + "}")
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo(field)));
        admin().contentType("application/json")
                .body(Map.of("name", "platform"))
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(422);
    }

    @Test
    void answersTheSame_whenAnOrganizationIsFoundedAgainWithItsIdempotencyKey() {
        var body = Map.of("name", "Twice", "id", "twice");
        for (var i = 0; i < 2; i++) {
            admin().contentType("application/json")
                    .header("Idempotency-Key", "found-twice")
                    .body(body)
                    .post("/api/v1/admin/organizations")
                    .then()
                    .statusCode(201)
                    .header("ETag", equalTo("\"1\""))
                    .header("Centime-Position", notNullValue())
                    .body("id", equalTo("twice"));
        }
        admin().contentType("application/json")
                .header("Idempotency-Key", "found-twice")
                .body(Map.of("name", "Another", "id", "another"))
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:centime:problem:idempotency-key-reused"));
    }

    @Test
    void opensASession_thatScriptsCannotRead_andThatOtherSitesCannotUse() {
        var answer = given().contentType("application/json")
                .body(Map.of("key", GatewayInstance.ADMIN_KEY))
                .post("/api/v1/auth/login");
        answer.then().statusCode(200).body("role", equalTo("platform_admin")).body("csrf_token", notNullValue());
        assertThat(answer.header("Set-Cookie"))
                .contains("HttpOnly")
                .containsIgnoringCase("SameSite=Strict")
                .contains("Path=/");
        String session = answer.cookie("centime_session");
        String csrf = answer.path("csrf_token");

        given().cookie("centime_session", session)
                .get("/api/v1/me")
                .then()
                .statusCode(200)
                .body("csrf_token", equalTo(csrf));
        var write = Map.of("name", "By session", "id", "by-session");
        given().cookie("centime_session", session)
                .contentType("application/json")
                .body(write)
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(403)
                .contentType(PROBLEM);
        given().cookie("centime_session", session)
                .header("X-CSRF-Token", csrf)
                .header("Sec-Fetch-Site", "cross-site")
                .contentType("application/json")
                .body(write)
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(403);
        given().cookie("centime_session", session)
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/usage")
                .then()
                .statusCode(403);
        given().cookie("centime_session", session)
                .header("X-CSRF-Token", csrf)
                .contentType("application/json")
                .body(write)
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(201);
    }

    @Test
    void endsASession_whenSomebodySignsOut() {
        var answer = given().contentType("application/json")
                .body(Map.of("key", GatewayInstance.ADMIN_KEY))
                .post("/api/v1/auth/login");
        String session = answer.cookie("centime_session");
        given().cookie("centime_session", session)
                .header("X-CSRF-Token", answer.<String>path("csrf_token"))
                .post("/api/v1/auth/logout")
                .then()
                .statusCode(204)
                .header("Set-Cookie", containsString("Max-Age=0"));
        given().cookie("centime_session", session).get("/api/v1/me").then().statusCode(401);
    }

    @Test
    void opensNoSession_forAWrongKey() {
        given().contentType("application/json")
                .body(Map.of("key", "ck_wrong"))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/auth/login")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("key"));
    }

    private static String signIn(String key) {
        return given().contentType("application/json")
                .body(Map.of("key", key))
                .post("/api/v1/auth/login")
                .then()
                .statusCode(200)
                .extract()
                .cookie("centime_session");
    }

    @Test
    void publishesPublicKeysOnly() {
        given().get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .body("keys[0].kty", equalTo("EC"))
                .body("keys[0].alg", equalTo("ES256"))
                .body("keys[0].kid", notNullValue())
                .body("keys[0].d", nullValue());
    }

    @Test
    void tellsBrowsersToRunNothingForeign_onEveryAnswer() {
        for (var path : new String[] {"/api/v1/me", "/nowhere", "/.well-known/jwks.json", "/api/v1/costs/summary"}) {
            given().get(path)
                    .then()
                    .header("Content-Security-Policy", containsString("default-src 'none'"))
                    .header("Content-Security-Policy", not(containsString("unsafe")))
                    .header("X-Content-Type-Options", equalTo("nosniff"))
                    .header("X-Frame-Options", equalTo("DENY"))
                    .header("Referrer-Policy", equalTo("no-referrer"));
        }
        admin().get("/api/v1/me").then().header("Cache-Control", equalTo("no-store"));
    }
}
