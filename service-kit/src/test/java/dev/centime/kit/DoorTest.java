package dev.centime.kit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class DoorTest {
    private static final String PROBLEM = "application/problem+json";

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    private static RequestSpecification user() {
        return as(TestTokens.userToken("default", "ada"));
    }

    @Test
    void letsIn_whoeverTheGatewaySigned() {
        user().get("/api/v1/greetings").then().statusCode(200).body("next_cursor", nullValue());
    }

    @Test
    void answers401_withoutAToken() {
        given().get("/api/v1/greetings")
                .then()
                .statusCode(401)
                .contentType(PROBLEM)
                .header("WWW-Authenticate", "Bearer")
                .body("type", equalTo("urn:centime:problem:unauthenticated"))
                .body("instance", equalTo("/api/v1/greetings"));
    }

    @Test
    void answers401_toATamperedToken() {
        var token = TestTokens.userToken("default", "ada").split("\\.");
        var other = TestTokens.platformAdminToken("*").split("\\.");
        as(token[0] + "." + other[1] + "." + token[2])
                .get("/api/v1/greetings")
                .then()
                .statusCode(401);
        as("nonsense").get("/api/v1/greetings").then().statusCode(401);
        as("a.b.c").get("/api/v1/greetings").then().statusCode(401);
    }

    @Test
    void answers401_toAnExpiredToken() {
        as(TestTokens.token("k", Role.USER, "default", "ada", Duration.ofHours(-1)))
                .get("/api/v1/greetings")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
    }

    @ParameterizedTest
    @CsvSource({"somebody,centime", "centime,somebody"})
    void answers401_toATokenOfAnotherIssuerOrForAnother(String issuer, String audience) {
        as(TestTokens.sign("{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience
                        + "\",\"sub\":\"k\",\"groups\":[\"user\"],\"org\":\"default\",\"iat\":1,\"exp\":9999999999}"))
                .get("/api/v1/greetings")
                .then()
                .statusCode(401);
    }

    @Test
    void answers401_toATokenWithoutASignature() {
        var none = java.util.Base64.getUrlEncoder().withoutPadding();
        var head = none.encodeToString("{\"alg\":\"none\",\"kid\":\"test\"}".getBytes());
        var body = TestTokens.userToken("default", "ada").split("\\.")[1];
        as(head + "." + body + ".").get("/api/v1/greetings").then().statusCode(401);
    }

    @Test
    void answers403_toARoleThatMayNot() {
        as(TestTokens.ingestToken("default"))
                .get("/api/v1/greetings")
                .then()
                .statusCode(403)
                .contentType(PROBLEM)
                .body("status", is(403));
    }

    @Test
    void letsNobodyIn_whereNoRoleIsNamed() {
        as(TestTokens.platformAdminToken("default"))
                .get("/api/v1/greetings/forgotten")
                .then()
                .statusCode(403);
    }

    @Test
    void letsEverybodyIn_whereItIsOpen() {
        given().get("/api/v1/greetings/open").then().statusCode(200);
    }

    @Test
    void answers404And405And415AsProblems() {
        user().get("/api/v1/nowhere").then().statusCode(404).contentType(PROBLEM);
        user().delete("/api/v1/greetings").then().statusCode(405).contentType(PROBLEM);
        user().contentType("text/plain")
                .body("hello")
                .post("/api/v1/greetings")
                .then()
                .statusCode(415)
                .contentType(PROBLEM);
    }

    @Test
    void tellsNothingOfTheInsides_whenSomethingUnforeseenHappens() {
        given().get("/api/v1/greetings/broken")
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("incident", not(nullValue()))
                .body(not(containsString("secret")))
                .body(not(containsString("IllegalState")));
    }

    @Test
    void answers500_whenItsOwnAnswerCannotBeWritten() {
        given().get("/api/v1/greetings/unwritable")
                .then()
                .statusCode(500)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:centime:problem:unexpected"))
                .body("incident", not(nullValue()))
                .body(not(containsString("secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"text\": 5}|422|text",
                "{\"text\": \"a\", \"repeat_times\": \"3\"}|422|repeat_times",
                "{\"text\": \"a\", \"repeat_times\": 1.5}|422|repeat_times",
                "{\"text\": \"a\", \"at\": \"yesterday\"}|422|at",
                "{\"text\": \"a\", \"exact_amount\": \"many\"}|422|exact_amount",
                "{\"text\": \"a\", \"exact_amount\": 1e999999999}|422|exact_amount",
                "{\"text\": \"a\", \"exact_amount\": {}}|422|exact_amount",
                "{\"text\": \"a\", \"price\": \"1e40\"}|422|price",
                "{\"text\": \"a\", \"price\": []}|422|price",
                "{\"text\": \"a\", \"many_lines\": {}}|422|many_lines",
                "{\"text\": \"a\", \"many_lines\": [{\"line_text\": \"x\"}, {\"line_text\": []}]}|422|many_lines[1].line_text",
                "{\"text\": \"a\", \"many_lines\": [{\"line_text\": \"x\"}, {}]}|422|many_lines[1].line_text",
                "{\"text\": \"  \"}|422|text",
                "{}|422|text",
                "[]|422|body",
                "null|422|body",
                "7|422|body",
                "{\"text\": \"a\"|400|body",
                "{\"text\": \"a\"} {}|422|body",
                "hello|400|body",
            })
    void namesTheFieldAtFault(String body, int status, String field) {
        user().contentType("application/json")
                .body(body)
                .post("/api/v1/greetings/echo")
                .then()
                .statusCode(status)
                .contentType(PROBLEM)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void answers400_toAnEmptyBodyAndToBytesThatAreNoText() {
        user().contentType("application/json")
                .post("/api/v1/greetings/echo")
                .then()
                .statusCode(422)
                .contentType(PROBLEM);
        user().contentType("application/json")
                .body(new byte[] {'{', '"', 't', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'})
                .post("/api/v1/greetings/echo")
                .then()
                .statusCode(400)
                .contentType(PROBLEM);
    }

    @Test
    void keepsEveryDigit_andIgnoresUnknownFields() {
        user().contentType("application/json")
                .body(
                        "{\"text\":\"a\",\"exact_amount\":12345678901234567890.123456789012345678,\"price\":0.0000001,\"new\":1}")
                .post("/api/v1/greetings/echo")
                .then()
                .statusCode(200)
                .body("exact_amount", equalTo("12345678901234567890.123456789012345678"))
                .body("price", equalTo("0.0000001"))
                .body("many_lines", nullValue())
                .body(containsString("many_lines"));
    }

    @Test
    void answers413_toABodyOverTheLimit() {
        user().contentType("application/json")
                .body("{\"text\":\"" + "a".repeat(17 << 20) + "\"}")
                .post("/api/v1/greetings/echo")
                .then()
                .statusCode(413)
                .contentType(PROBLEM)
                .body("errors[0].field", equalTo("body"));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0,limit",
        "limit=1001,limit",
        "limit=ten,limit",
        "limit=1&limit=2,limit",
        "cursor=abc,cursor",
        "cursor=%00,cursor"
    })
    void answers400_namingTheParameter(String query, String field) {
        user().urlEncodingEnabled(false)
                .get("/api/v1/greetings?" + query)
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("errors[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "days=0,days",
        "days=99999,days",
        "period=fortnight,period",
        "period=week&days=3,period",
        "start_date=2026-13-01,start_date",
        "start_date=2026-02-02&end_date=2026-02-01,end_date",
        "start_date=1999-12-31,start_date",
        "end_date=9999-01-01,end_date",
        "start_date=2000-01-01&end_date=2026-01-01,start_date",
        "provider=%00,provider",
        "tag.=x,tag."
    })
    void refusesAPeriodOrFilterThatIsNone(String query, String field) {
        as(TestTokens.orgAdminToken("default"))
                .urlEncodingEnabled(false)
                .get("/api/v1/greetings/asked?" + query)
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo(field));
    }

    @Test
    void answers404_toAnOrganizationThatIsNone() {
        as(TestTokens.orgAdminToken("ghost"))
                .get("/api/v1/greetings/asked")
                .then()
                .statusCode(404);
    }

    @Test
    void holdsAUserToHisOwn() {
        user().get("/api/v1/greetings/asked?user=bob").then().statusCode(403);
        user().get("/api/v1/greetings/asked?user=ada&provider=openai")
                .then()
                .statusCode(200)
                .body("scope.user.size()", is(1))
                .body("scope.provider", equalTo(java.util.List.of("openai")));
    }

    @Test
    void asksForTheVersion_beforeAChange() {
        var admin = TestTokens.orgAdminToken("default");
        as(admin).patch("/api/v1/greetings/x").then().statusCode(428).contentType(PROBLEM);
        as(admin)
                .header("If-Match", "\"6\"")
                .patch("/api/v1/greetings/x")
                .then()
                .statusCode(412);
        as(admin)
                .header("If-Match", "\"7\"")
                .patch("/api/v1/greetings/x")
                .then()
                .statusCode(200);
        as(admin).header("If-Match", "*").patch("/api/v1/greetings/x").then().statusCode(200);
    }

    @Test
    void showsItsViewsToAPlatformAdminOnly() {
        as(TestTokens.orgAdminToken("default"))
                .get("/api/v1/admin/projections")
                .then()
                .statusCode(403);
        as(TestTokens.platformAdminToken("default"))
                .get("/api/v1/admin/projections")
                .then()
                .statusCode(200)
                .body("items[0].name", equalTo("demo.greetings"));
        as(TestTokens.platformAdminToken("default"))
                .post("/api/v1/admin/projections/demo.nothing/rebuild")
                .then()
                .statusCode(404);
    }

    @Test
    void isReadyAndDescribesItself() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().accept("application/json")
                .get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body("openapi", startsWith("3."))
                .log()
                .ifValidationFails()
                .body("components.schemas.Decimal.type", equalTo("string"));
        given().get("/q/metrics").then().statusCode(200);
    }
}
