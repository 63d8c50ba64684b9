package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What should never have been sent, at the one door everybody uses: refused by name, never a 5xx, nothing half-written. */
@ExtendWith(DemoInstance.class)
class BadInputIT {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    /** A record's fields beside a good model and token count, and the field that must be named. */
    static Stream<Arguments> badRecords() {
        return Stream.of(
                Arguments.of("\"input_tokens\":-1", "input_tokens"),
                Arguments.of("\"input_tokens\":1.5", "input_tokens"),
                Arguments.of("\"input_tokens\":\"many\"", "input_tokens"),
                Arguments.of("\"input_tokens\":1e30", "input_tokens"),
                Arguments.of("\"input_tokens\":[1]", "input_tokens"),
                Arguments.of("\"input_tokens\":true", "input_tokens"),
                Arguments.of("\"timestamp\":\"9999-12-31T00:00:00Z\"", "timestamp"),
                Arguments.of("\"timestamp\":\"1969-01-01T00:00:00Z\"", "timestamp"),
                Arguments.of("\"timestamp\":\"yesterday\"", "timestamp"),
                Arguments.of("\"timestamp\":12", "timestamp"),
                Arguments.of("\"model\":\"\"", "model"),
                Arguments.of("\"model\":null", "model"),
                Arguments.of("\"model\":\"a\\u0000b\"", "model"),
                Arguments.of("\"model\":\"\\ud800\"", "model"),
                Arguments.of("\"model\":\"" + "m".repeat(100_000) + "\"", "model"),
                Arguments.of("\"status\":\"maybe\"", "status"),
                Arguments.of("\"latency_ms\":-5", "latency_ms"),
                Arguments.of("\"tags\":\"none\"", "tags"),
                Arguments.of("\"tags\":{\"a\":{\"b\":1}}", "tags"),
                Arguments.of("\"reported_cost\":\"-1\"", "reported_cost"),
                Arguments.of("\"reported_cost\":\"NaN\"", "reported_cost"),
                Arguments.of("\"requests\":0", "requests"));
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void aBadRecordIsRejectedByTheNameOfItsField_andTheGoodOnesBesideItCount(
            String bad, String field, Instance centime) {
        var run = UUID.randomUUID().toString();
        var good =
                "{\"id\":\"%s-%d\",\"model\":\"gpt-4.1\",\"provider\":\"openai\",\"input_tokens\":10,\"project\":\"%s\"}";
        var broken = "{\"id\":\"" + run + "-bad\",\"provider\":\"openai\",\"output_tokens\":1,\"project\":\"" + run
                + "\"," + (field.equals("model") ? "" : "\"model\":\"gpt-4.1\",") + bad + "}";

        var answer = centime.api()
                .post(
                        "/api/v1/usage",
                        "[" + good.formatted(run, 1, run) + "," + broken + "," + good.formatted(run, 2, run) + "]");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var json = answer.json();
        assertThat(json.path("accepted").asInt()).isEqualTo(2);
        assertThat(json.path("rejected")).hasSize(1);
        assertThat(json.path("rejected").get(0).path("index").asInt()).isEqualTo(1);
        assertThat(json.path("rejected").get(0).path("errors").toString()).contains(field);
        var position = answer.headers().firstValue("Centime-Position").orElseThrow();
        var counted = centime.api()
                .send(
                        "GET",
                        "/api/v1/costs/breakdown?dimension=model&days=2&project=" + run,
                        new byte[0],
                        Map.of("Centime-At-Least", position))
                .ok();
        assertThat(counted.path("requests").asLong()).isEqualTo(2);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("nothing", new byte[0], JSON, 400),
                Arguments.of("truncated JSON", bytes("[{\"model\":\"gpt-4.1\",\"input_to"), JSON, 400),
                Arguments.of("no JSON at all", bytes("hello"), JSON, 400),
                Arguments.of("a number", bytes("42"), JSON, 400),
                Arguments.of(
                        "JSON in Latin-1",
                        "[{\"model\":\"mod\u00e8le\"}]".getBytes(StandardCharsets.ISO_8859_1),
                        JSON,
                        400),
                Arguments.of(
                        "broken UTF-8", new byte[] {'[', '{', '"', (byte) 0xC3, (byte) 0x28, '"', '}', ']'}, JSON, 400),
                Arguments.of("very deep", bytes("[".repeat(100_000)), JSON, 400),
                Arguments.of("20 MB", twentyMegabytes(), JSON, 413),
                Arguments.of("a form", bytes("a=b"), Map.of("Content-Type", "application/x-www-form-urlencoded"), 415));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badBodies")
    void aBadBodyIsRefusedWhole(String what, byte[] body, Map<String, String> headers, int status, Instance centime) {
        var answer = centime.api().send("POST", "/api/v1/usage", body, headers);

        assertThat(answer.status()).as(what + ": " + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
    }

    static Stream<Arguments> badQueries() {
        return Stream.of(
                Arguments.of("GET", "/costs/breakdown", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=colour", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=model&days=-1", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=model&days=many", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=model&start_date=2026-02-30", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=model&limit=100000", 400),
                Arguments.of("GET", "/costs/breakdown?dimension=model&cursor=%00%FF", 400),
                Arguments.of("GET", "/costs/history?period=fortnight", 400),
                Arguments.of("GET", "/budgets/no-such-budget", 404),
                Arguments.of("GET", "/no/such/path", 404),
                Arguments.of("DELETE", "/costs/history", 405));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("badQueries")
    void aBadQuestionIsRefused(String method, String path, int status, Instance centime) {
        var answer = centime.api().send(method, "/api/v1" + path, new byte[0], Map.of());

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
    }

    static Stream<Arguments> badBudgets() {
        return Stream.of(
                Arguments.of("{}", "name"),
                Arguments.of("{\"name\":\"x\",\"budget_type\":\"monthly\",\"total_limit\":\"-1\"}", "total_limit"),
                Arguments.of("{\"name\":\"x\",\"budget_type\":\"hourly\",\"total_limit\":\"1\"}", "budget_type"),
                Arguments.of("{\"name\":\"x\",\"budget_type\":\"monthly\",\"total_limit\":\"lots\"}", "total_limit"));
    }

    @ParameterizedTest
    @MethodSource("badBudgets")
    void aBadBudgetIsRefusedByTheNameOfItsField(String body, String field, Instance centime) {
        var answer = centime.api().post("/api/v1/budgets", body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().path("errors").findValuesAsText("field")).contains(field);
    }

    @Test
    void unknownFieldsAreIgnored(Instance centime) {
        var answer = centime.api().post("/api/v1/usage", """
                {"id":"%s","model":"gpt-4.1","provider":"openai","input_tokens":1,"project":"odd","moon_phase":{"full":[true]}}""".formatted(UUID.randomUUID()));

        assertThat(answer.ok().path("accepted").asInt()).isEqualTo(1);
    }

    @Test
    void aStrangersKeyOpensNothing(Instance centime) {
        var stranger = new Api(centime.api().address(), "ck_not_a_key");

        assertThat(stranger.post("/api/v1/usage", "[]").status()).isEqualTo(401);
        assertThat(stranger.send("GET", "/api/v1/costs/summary", new byte[0], Map.of())
                        .status())
                .isEqualTo(401);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] twentyMegabytes() {
        var body = new byte[20 * 1024 * 1024];
        Arrays.fill(body, (byte) ' ');
        body[0] = '[';
        body[body.length - 1] = ']';
        return body;
    }
}
