package dev.centime.ingest.accept.json;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class UsageResourceTest {
    @Inject
    TestOrganizations organizations;

    private String organization;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
    }

    @Test
    void prices_aRecord_inLinesThatAddUp() {
        post("""
                {"id": "r-1", "model": "claude-sonnet-4-5", "input_tokens": 1000, "output_tokens": 700,
                 "cache_read_tokens": 20000, "cache_write_tokens": 3000, "cache_write_1h_tokens": 500, "unknown": {"a": [1]}}
                """)
                .statusCode(200)
                .header("Centime-Position", notNullValue())
                .body("accepted", equalTo(1), "duplicates", equalTo(0), "rejected", hasSize(0))
                .body("records[0].index", equalTo(0), "records[0].id", equalTo("r-1"))
                .body("records[0].result", equalTo("accepted"), "records[0].cost_source", equalTo("calculated"))
                .body("records[0].total_cost", equalTo("0.03375"))
                .body("records[0].input_cost", equalTo("0.003"), "records[0].output_cost", equalTo("0.0105"))
                .body("records[0].cache_read_cost", equalTo("0.006"), "records[0].cache_write_cost", equalTo("0.01425"))
                .body("records[0].other_cost", equalTo("0"), "records[0].cache_savings", equalTo("0.054"))
                .body("records[0].price_id", notNullValue());
    }

    @Test
    void answersEachRecordByItself_inOrder() {
        post("""
                [{"id": "a", "model": "gpt-4o", "input_tokens": 10},
                 {"id": "b", "model": "gpt-4o", "input_tokens": -1},
                 {"id": "c", "provider": "acme", "model": "never-heard-of", "input_tokens": 10},
                 {"id": "a", "model": "gpt-4o", "input_tokens": 10},
                 {"id": "d", "provider": "acme", "model": "never-heard-of", "reported_cost": "0.5"},
                 17]
                """)
                .statusCode(200)
                .body("accepted", equalTo(3), "duplicates", equalTo(1))
                .body("rejected.index", equalTo(java.util.List.of(1, 5)))
                .body("rejected[0].errors[0].field", equalTo("input_tokens"))
                .body("rejected[0].errors[0].reason", equalTo("must not be negative"))
                .body("records.id", equalTo(java.util.Arrays.asList("a", "b", "c", "a", "d", null)))
                .body(
                        "records.result",
                        equalTo(java.util.List.of(
                                "accepted", "rejected", "accepted", "duplicate", "accepted", "rejected")))
                .body(
                        "records.cost_source",
                        equalTo(java.util.Arrays.asList(
                                "calculated", null, "unpriced", "calculated", "reported", null)))
                .body("records[2].total_cost", nullValue())
                .body("records[4].total_cost", equalTo("0.5"), "records[4].other_cost", equalTo("0.5"));
    }

    @Test
    void countsARepeatOnce_andSaysWhenItDiffers() {
        var body = "{\"id\": \"r\", \"model\": \"gpt-4o\", \"input_tokens\": %d}";
        post(body.formatted(10)).body("accepted", equalTo(1));

        post(body.formatted(10))
                .body("accepted", equalTo(0), "duplicates", equalTo(1))
                .body("records[0].result", equalTo("duplicate"), "records[0].differs", nullValue());
        post(body.formatted(11))
                .body("duplicates", equalTo(1), "records[0].differs", equalTo(true))
                .body("records[0].total_cost", equalTo("0.000025"));
    }

    @Test
    void makesIdsOfTheIdempotencyKey() {
        var ids = given().header("Authorization", "Bearer " + TestTokens.ingestToken(organization))
                .header("Idempotency-Key", "k-1")
                .contentType("application/json")
                .body("[{\"model\": \"gpt-4o\", \"input_tokens\": 1}, {\"model\": \"gpt-4o\", \"input_tokens\": 2}]")
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("records.id", String.class);

        assertThat(ids).containsExactly("k-1/0", "k-1/1");
    }

    @Test
    void takesALineEach_andABrokenOneIsARejectedRecord() {
        as(TestTokens.ingestToken(organization), "application/x-ndjson")
                .body("{\"id\": \"a\", \"model\": \"gpt-4o\", \"input_tokens\": 1}\n\n{\"id\": \"b\", \"mod\r\n"
                        + "{\"id\": \"c\", \"model\": \"gpt-4o\", \"input_tokens\": 1} {}\n"
                        + "{\"id\": \"d\", \"model\": \"gpt-4o\", \"input_tokens\": 1}")
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("records.result", equalTo(java.util.List.of("accepted", "rejected", "rejected", "accepted")))
                .body("rejected[0].errors[0].field", equalTo("record"));
    }

    @Test
    void takesGzip() throws IOException {
        as(TestTokens.ingestToken(organization), "application/json")
                .header("Content-Encoding", "gzip")
                .body(gzip("{\"model\": \"gpt-4o\", \"input_tokens\": 1}".getBytes(StandardCharsets.UTF_8)))
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    @Test
    void aUsersKeyRecordsAsItself_orNotAtAll() {
        var token = TestTokens.userToken(organization, "ann");
        as(token, "application/json")
                .body(
                        "[{\"model\": \"gpt-4o\", \"input_tokens\": 1}, {\"model\": \"gpt-4o\", \"input_tokens\": 1, \"user\": \"ann\"}]")
                .post("/api/v1/usage")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2));
        as(token, "application/json")
                .body("{\"model\": \"gpt-4o\", \"input_tokens\": 1, \"user\": \"bob\"}")
                .post("/api/v1/usage")
                .then()
                .statusCode(403)
                .body("errors[0].field", equalTo("records[0].user"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is wrong | the field named
                "'model': 7 | model",
                "'model': '' | model",
                "'model': null | model",
                "'model': 'x\\u0000y' | model",
                "'model': 'x\\ud800y' | model",
                "'model': ['gpt-4o'] | model",
                "'model': 'gpt-4o', 'input_tokens': '10' | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': 1.5 | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': -1 | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': 1e300 | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': 99999999999999999999999999 | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': 100000000001 | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': {'a': 1} | input_tokens",
                "'model': 'gpt-4o', 'input_tokens': true | input_tokens",
                "'model': 'gpt-4o' | input_tokens",
                "'model': 'no-such-model-anywhere', 'input_tokens': 1 | provider",
                "'model': 'gpt-4o', 'output_tokens': 1, 'reasoning_tokens': 2 | reasoning_tokens",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': '9999-01-01T00:00:00Z' | timestamp",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': '1999-12-31T23:59:59Z' | timestamp",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': '2026-02-30T00:00:00Z' | timestamp",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': '2026-02-20' | timestamp",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': 1700000000 | timestamp",
                "'model': 'gpt-4o', 'input_tokens': 1, 'timestamp': '+999999999-01-01T00:00:00Z' | timestamp",
                "'model': 'gpt-4o', 'reported_cost': '-1' | reported_cost",
                "'model': 'gpt-4o', 'reported_cost': 'NaN' | reported_cost",
                "'model': 'gpt-4o', 'reported_cost': '1e999999999' | reported_cost",
                "'model': 'gpt-4o', 'reported_cost': 1e-999999999 | reported_cost",
                "'model': 'gpt-4o', 'reported_cost': '0.0000000000000000001' | reported_cost",
                "'model': 'gpt-4o', 'reported_cost': 99999999999999999999 | reported_cost",
                "'model': 'gpt-4o', 'input_tokens': 1, 'status': 'maybe' | status",
                "'model': 'gpt-4o', 'input_tokens': 1, 'service_tier': 'gold' | service_tier",
                "'model': 'gpt-4o', 'input_tokens': 1, 'cache_hit': 'yes' | cache_hit",
                "'model': 'gpt-4o', 'input_tokens': 1, 'requests': 0 | requests",
                "'model': 'gpt-4o', 'input_tokens': 1, 'requests': 2, 'aggregated': false | aggregated",
                "'model': 'gpt-4o', 'input_tokens': 1, 'latency_ms': -5 | latency_ms",
                "'model': 'gpt-4o', 'input_tokens': 1, 'units': '1.0000000001' | units",
                "'model': 'gpt-4o', 'input_tokens': 1, 'tags': ['a'] | tags",
                "'model': 'gpt-4o', 'input_tokens': 1, 'tags': {'a': {'b': 1}} | tags.a",
                "'model': 'gpt-4o', 'input_tokens': 1, 'tags': {'': 'b'} | tags",
                "'model': 'gpt-4o', 'input_tokens': 1, 'tool_calls': {'search': -1} | tool_calls.search",
                "'model': 'gpt-4o', 'input_tokens': 1, 'prefix_fingerprints': 'abc' | prefix_fingerprints",
                "'model': 'gpt-4o', 'input_tokens': 1, 'prefix_fingerprints': [1] | prefix_fingerprints[0]",
                "'model': 'gpt-4o', 'input_tokens': 1, 'id': 5 | id"
            })
    void refusesARecord_namingTheField_andCountsTheOthers(String fields, String field) {
        var good = "{\"model\": \"gpt-4o\", \"input_tokens\": 1}";
        post("[" + good + ", {" + fields.replace('\'', '"') + "}, " + good + "]")
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejected", hasSize(1))
                .body("rejected[0].index", equalTo(1))
                .body("rejected[0].errors[0].field", equalTo(field));
    }

    @Test
    void refusesTextThatIsTooLong_orTooMuchOfIt() {
        post("{\"model\": \"" + "m".repeat(10_000) + "\", \"input_tokens\": 1}")
                .statusCode(200)
                .body("rejected[0].errors[0].field", equalTo("model"));
        post("{\"model\": \"gpt-4o\", \"input_tokens\": 1" + "0".repeat(100_000) + "}")
                .statusCode(200)
                .body("rejected[0].errors[0].field", equalTo("input_tokens"));
        var tags =
                IntStream.range(0, 1000).mapToObj(i -> "\"t" + i + "\": \"v\"").collect(Collectors.joining(","));
        post("{\"model\": \"gpt-4o\", \"input_tokens\": 1, \"tags\": {" + tags + "}}")
                .statusCode(200)
                .body("rejected[0].errors[0].field", equalTo("tags"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nonsense",
                "17",
                "\"text\"",
                "null",
                "[",
                "{",
                "{\"model\"",
                "[{\"model\": \"gpt-4o\", \"input_tokens\": 1}",
                "[{\"model\": \"gpt-4o\", \"input_tokens\": 1}, ",
                "[{}] []",
                "{\"model\": \"gpt-4o\", \"input_tokens\": 01}",
                "{\"model\": 'gpt-4o'}",
                "{\"model\": \"a\tb\"}"
            })
    void refusesWhatIsNoJson(String body) {
        post(body)
                .statusCode(400)
                .contentType(containsString("application/problem+json"))
                .body("errors[0].field", equalTo("body"));
    }

    static byte[][] brokenBytes() {
        var deep = "[".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        var nested = ("{\"model\": \"gpt-4o\", \"x\": " + "{\"a\":".repeat(50_000)).getBytes(StandardCharsets.UTF_8);
        return new byte[][] {{(byte) 0xff, (byte) 0xfe, 0x00}, {'{', '"', (byte) 0xc3, (byte) 0x28, '"'}, deep, nested};
    }

    @ParameterizedTest
    @MethodSource("brokenBytes")
    void refusesBrokenBytesAndDeepNesting(byte[] body) {
        as(TestTokens.ingestToken(organization), "application/json")
                .body(body)
                .post("/api/v1/usage")
                .then()
                .statusCode(equalTo(400));
    }

    @Test
    void refusesWhatIsTooLarge_packedOrNot() throws IOException {
        var records = IntStream.range(0, 10_001)
                .mapToObj(i -> "{\"model\":\"gpt-4o\",\"input_tokens\":1}")
                .collect(Collectors.joining(",", "[", "]"));
        post(records).statusCode(413).body("errors[0].field", equalTo("body"));
        var zeros = new byte[20 * 1024 * 1024];
        as(TestTokens.ingestToken(organization), "application/json")
                .body(zeros)
                .post("/api/v1/usage")
                .then()
                .statusCode(413)
                .body("errors[0].field", equalTo("body"));
        as(TestTokens.ingestToken(organization), "application/json")
                .header("Content-Encoding", "gzip")
                .body(gzip(zeros))
                .post("/api/v1/usage")
                .then()
                .statusCode(413);
    }

    @Test
    void refusesOtherEncodingsAndTypes() {
        as(TestTokens.ingestToken(organization), "application/json")
                .header("Content-Encoding", "gzip")
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage")
                .then()
                .statusCode(400);
        as(TestTokens.ingestToken(organization), "application/json")
                .header("Content-Encoding", "br")
                .body("{}".getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage")
                .then()
                .statusCode(415);
        as(TestTokens.ingestToken(organization), "text/plain")
                .body("x")
                .post("/api/v1/usage")
                .then()
                .statusCode(415);
    }

    @Test
    void refusesWhoDidNotSignIn_andReadingOverAll() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/usage")
                .then()
                .statusCode(401);
        as(TestTokens.platformAdminToken("*"), "application/json")
                .body("{\"model\": \"gpt-4o\", \"input_tokens\": 1}")
                .post("/api/v1/usage")
                .then()
                .statusCode(400);
    }

    private ValidatableResponse post(String body) {
        return as(TestTokens.ingestToken(organization), "application/json")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/usage")
                .then();
    }

    private static RequestSpecification as(String token, String contentType) {
        return given().config(io.restassured.RestAssured.config()
                        .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                .encodeContentTypeAs(contentType, io.restassured.http.ContentType.TEXT)
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
                .header("Authorization", "Bearer " + token)
                .contentType(contentType);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        return packed.toByteArray();
    }
}
