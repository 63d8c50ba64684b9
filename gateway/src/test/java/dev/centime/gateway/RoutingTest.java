package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static dev.centime.gateway.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.database.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import org.awaitility.Awaitility;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes through the door and what does not, with real HTTP servers where the services stand. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class RoutingTest {
    private static final String PROBLEM = "application/problem+json";
    private static final int MB = 1 << 20;

    @TestHTTPResource("/")
    URI gateway;

    TestPostgres.Database database;

    Backends backends;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/costs/summary, ingest",
        "/api/v1/costs/burn-rate, forecast",
        "/api/v1/costs/forecasts, forecast",
        "/api/v1/budgets, budget",
        "/api/v1/budgets/b-1, budget",
        "/api/v1/budgets/b-1/status, budget",
        "/api/v1/alerts, budget",
        "/api/v1/analytics/limits, budget",
        "/api/v1/recommendations/summary, recommendation",
    })
    void passesEachPathToItsService(String path, String service) {
        admin().urlEncodingEnabled(false)
                .get(path + "?days=7&tag.team=a%20b")
                .then()
                .statusCode(200)
                .body("service", equalTo(service))
                .body("uri", equalTo(path + "?days=7&tag.team=a%20b"));
    }

    @Test
    void knowsTheOtherNamesOfPaths() {
        admin().get("/api/analytics/check-limit?user=ada")
                .then()
                .body("service", equalTo("budget"))
                .body("uri", equalTo("/api/v1/analytics/check-limit?user=ada"));
        admin().contentType("application/json")
                .body("{}")
                .post("/api/public/ingestion")
                .then()
                .body("service", equalTo("ingest"))
                .body("uri", equalTo("/api/v1/usage/langfuse"));
        admin().contentType("application/x-protobuf")
                .body(new byte[] {1, 2, 3})
                .post("/v1/traces")
                .then()
                .body("service", equalTo("ingest"))
                .body("headers.content-type[0]", containsString("application/x-protobuf"));
    }

    @ParameterizedTest
    @CsvSource({
        "/q/health/ready?x=1",
        "/api/v1/usage/../../q/metrics",
        "/api/v1/internal",
        "/api/v1/admin/projections/other.x/rebuild",
        "/api/v1/costs",
        "/api/v1/budgets/a/b/c/d",
        "/api/v1/budgets/b-1/exhaustion",
        "/api/v2/usage"
    })
    void passesNothingThatIsNotInTheTable(String path) {
        admin().urlEncodingEnabled(false).post(path).then().body(not(containsString("\"service\"")));
    }

    @Test
    void answers405_withTheMethodsThereAre() {
        admin().put("/api/v1/budgets")
                .then()
                .statusCode(405)
                .contentType(PROBLEM)
                .header("Allow", containsString("GET"))
                .header("Allow", containsString("POST"));
    }

    @Test
    void passesBodiesUnread_bytesForByte() {
        var body = "{\"broken\": [1, 2, \n not json at all \u00e9";
        admin().contentType("application/json; charset=utf-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("body", equalTo(body))
                .header("Centime-Position", equalTo("1.2.3"));
    }

    @Test
    void signsWhoCalls_andShowsTheServiceNothingElse() throws Exception {
        var key = Callers.key("default", "user", "Ada Lovelace");
        var answer = with(key)
                .header("X-Forwarded-For", "1.2.3.4")
                .header("Forwarded", "for=1.2.3.4")
                .header("Cookie", "a=b")
                .header("Connection", "close, X-Private")
                .header("X-Private", "hop")
                .header("X-Request-Id", "r-1")
                .get("/api/v1/costs/summary");
        var headers = answer.then().statusCode(200).extract().jsonPath().<String, Object>getMap("headers");
        assertThat(headers)
                .doesNotContainKeys("forwarded", "cookie", "x-private", "x-organization")
                .containsEntry("x-forwarded-for", java.util.List.of("127.0.0.1"))
                .containsEntry("x-request-id", java.util.List.of("r-1"));
        assertThat(answer.<java.util.List<String>>path("headers.authorization")).hasSize(1);
        assertThat(answer.asString()).doesNotContain(key);

        var keys = new JsonWebKeySet(given().get("/.well-known/jwks.json").asString());
        var claims = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys.getJsonWebKeys()))
                .setExpectedIssuer("centime")
                .setExpectedAudience("centime")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token(answer));
        assertThat(claims.getStringListClaimValue("groups")).containsExactly("user");
        assertThat(claims.getStringClaimValue("org")).isEqualTo("default");
        assertThat(claims.getStringClaimValue("user")).isEqualTo("Ada Lovelace");
        assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
                .isLessThanOrEqualTo(310);
    }

    @Test
    void signsOnceForManyCallsOfOneCaller_andAnewForAnotherOrganization() {
        Callers.organization("signed-apart");
        var first = token(admin().get("/api/v1/costs/summary"));
        var second = token(admin().get("/api/v1/costs/history"));
        // Half of a token's life may end in between, once.
        assertThat(second.equals(first)
                        || token(admin().get("/api/v1/costs/history")).equals(second))
                .isTrue();
        assertThat(token(admin().header("X-Organization", "signed-apart").get("/api/v1/costs/summary")))
                .isNotEqualTo(first)
                .isNotEqualTo(second);
    }

    @Test
    void letsNoHeaderOfTheServiceOut_thatIsNotForTheCaller() {
        admin().get("/api/v1/costs/summary")
                .then()
                .header("Set-Cookie", nullValue())
                .header("x-hop", nullValue())
                .header("Content-Security-Policy", containsString("default-src 'none'"));
    }

    @Test
    void actsForTheOrganizationThatAPlatformAdminNames() throws Exception {
        Callers.organization("acted-for");
        assertThat(org(admin().get("/api/v1/costs/summary"))).isEqualTo("default");
        admin().header("X-Organization", "acted-for")
                .get("/api/v1/pricing/models")
                .then()
                .body("headers.'x-organization'", equalTo(java.util.List.of("acted-for")));
        assertThat(org(admin().header("X-Organization", "acted-for").get("/api/v1/costs/summary")))
                .isEqualTo("acted-for");
        assertThat(org(admin().header("X-Organization", "*").get("/api/v1/costs/summary")))
                .isEqualTo("*");
        admin().header("X-Organization", "nowhere")
                .get("/api/v1/costs/summary")
                .then()
                .statusCode(404)
                .contentType(PROBLEM);
        admin().header("X-Organization", "*")
                .contentType("application/json")
                .body("{}")
                .post("/api/v1/budgets")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("X-Organization"));
    }

    @Test
    void keepsEverybodyElseInHisOwnOrganization() throws Exception {
        var organization = Callers.organization("kept-in");
        for (var role : new String[] {"org_admin", "ingest"}) {
            var key = Callers.key(organization, role, null);
            with(key)
                    .header("X-Organization", "default")
                    .contentType("application/json")
                    .body("{}")
                    .post("/api/v1/usage")
                    .then()
                    .statusCode(403)
                    .contentType(PROBLEM);
            with(key)
                    .header("X-Organization", "*")
                    .get("/api/v1/analytics/check-limit")
                    .then()
                    .statusCode(403);
            assertThat(org(with(key).header("X-Organization", organization).get("/api/v1/analytics/check-limit")))
                    .isEqualTo(organization);
        }
    }

    @Test
    void recordsThatAPlatformAdminReadsAnotherOrganization_once() throws SQLException {
        Callers.organization("watched");
        for (var i = 0; i < 3; i++) {
            admin().header("X-Organization", "watched")
                    .get("/api/v1/costs/summary")
                    .then()
                    .statusCode(200);
        }
        // Three reads are one event, or two when a quarter of an hour began in between.
        assertThat(reads("watched")).isBetween(1L, 2L);
        assertThat(reads("default")).isZero();
        admin().header("X-Organization", "*")
                .get("/api/v1/costs/summary")
                .then()
                .statusCode(200);
        assertThat(reads("platform")).isPositive();
    }

    private long reads(String organization) throws SQLException {
        try (var connection = database.connect();
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM log.event WHERE organization = ? AND type = 'organization-read'"
                                + " AND metadata::text LIKE '%platform-admin%'")) {
            query.setString(1, organization);
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    @Test
    void takesABodyUpToTheLimit_andRefusesOneByteMore() {
        admin().contentType("application/json")
                .body(new byte[16 * MB])
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("bytes", is(16 * MB));
        admin().contentType("application/json")
                .body(new byte[16 * MB + 1])
                .post("/api/v1/usage")
                .then()
                .statusCode(413)
                .contentType(PROBLEM);
        admin().contentType("application/json")
                .body(new byte[20 * MB])
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(413)
                .contentType(PROBLEM);
    }

    @Test
    void refusesSpans_asExportersReadIt() {
        with("ck_wrong")
                .contentType("application/json")
                .body("{}")
                .post("/v1/traces")
                .then()
                .statusCode(401)
                .contentType("application/json")
                .body("code", is(16))
                .body("message", containsString("no valid key"));
        var refused = admin().contentType("application/x-protobuf")
                .body(new byte[16 * MB + 1])
                .post("/v1/traces")
                .then()
                .statusCode(413)
                .contentType("application/x-protobuf")
                .extract()
                .asByteArray();
        // A google.rpc.Status: its code in field 1, its message in field 2.
        assertThat(refused).startsWith(1 << 3, 8, 2 << 3 | 2, refused.length - 4);
        assertThat(new String(refused, 4, refused.length - 4, StandardCharsets.UTF_8))
                .isEqualTo("a body may have at most 16 MB");
        admin().get("/v1/traces").then().statusCode(405).body("code", is(12));
    }

    @Test
    void namesTheServiceThatIsDown_andGoesOnWhenItIsBack() {
        backends.down("recommendation");
        admin().get("/api/v1/recommendations/summary")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .header("Retry-After", equalTo("1"))
                .body("service", equalTo("recommendation"))
                .body("detail", containsString("recommendation-service"));
        admin().get("/api/v1/costs/summary").then().statusCode(200);
        backends.up("recommendation");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        admin().get("/api/v1/recommendations/summary").then().statusCode(200));
    }

    @Test
    void waitsForASlowServiceNoLongerThanItMay() {
        admin().get("/api/v1/costs/summary?mood=slow")
                .then()
                .statusCode(503)
                .contentType(PROBLEM)
                .body("service", equalTo("ingest"));
    }

    private static String token(Response answer) {
        return answer.<java.util.List<String>>path("headers.authorization")
                .getFirst()
                .substring("Bearer ".length());
    }

    private static String org(Response answer) throws IOException {
        return claims(answer).path("org").asText();
    }

    private static JsonNode claims(Response answer) throws IOException {
        return new ObjectMapper()
                .readTree(Base64.getUrlDecoder().decode(token(answer).split("\\.")[1]));
    }
}
