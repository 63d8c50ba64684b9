package dev.centime.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.centime.database.TestPostgres;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Writes that are repeated, and reads that wait for them. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class WriteTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TestHTTPResource("/")
    URI service;

    TestPostgres.Database database;

    private static RequestSpecification admin() {
        return given().auth().oauth2(TestTokens.orgAdminToken("default")).contentType("application/json");
    }

    private static Response greet(String key, String text) {
        return admin().header("Idempotency-Key", key).body(Map.of("text", text)).post("/api/v1/greetings");
    }

    @Test
    void isDoneOnce_andAnsweredTheSame_whenItIsRepeated() throws SQLException {
        var first = greet("once", "done once");
        first.then().statusCode(201);
        var second = greet("once", "done once");
        second.then().statusCode(201).contentType("application/json");
        assertThat(second.asString()).isEqualTo(first.asString());
        for (var header : new String[] {"Location", "ETag", "Centime-Position"}) {
            assertThat(second.header(header)).isEqualTo(first.header(header)).isNotNull();
        }
        assertThat(greetings("done once")).isEqualTo(1);
    }

    @Test
    void isRefused_whenItsKeyCameWithAnotherBody() {
        greet("taken", "this").then().statusCode(201);
        greet("taken", "that").then().statusCode(422).body("errors[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void belongsToItsOrganization() {
        greet("shared", "ours").then().statusCode(201);
        given().auth()
                .oauth2(TestTokens.orgAdminToken("other"))
                .contentType("application/json")
                .header("Idempotency-Key", "shared")
                .body(Map.of("text", "theirs"))
                .post("/api/v1/greetings")
                .then()
                .statusCode(201)
                .body("text", equalTo("theirs"));
    }

    @Test
    void isDoneOnce_whenManySendItAtOnce() throws SQLException {
        var key = UUID.randomUUID().toString();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> onceDone(key, "at once"), senders))
                    .toList();
            var ids = answers.stream()
                    .map(CompletableFuture::join)
                    .map(answer -> answer.statusCode() + " " + answer.path("id"))
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1).first().asString().startsWith("201 ");
        }
        assertThat(greetings("at once")).isEqualTo(1);
    }

    /** Sent again while the first is still being done, for which nobody waits more than some seconds. */
    private static Response onceDone(String key, String text) {
        return await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .until(() -> greet(key, text), answer -> answer.statusCode() != 409);
    }

    @Test
    void isDoneEachTime_withoutAKey() throws SQLException {
        for (var i = 0; i < 2; i++) {
            admin().body(Map.of("text", "each time"))
                    .post("/api/v1/greetings")
                    .then()
                    .statusCode(201);
        }
        assertThat(greetings("each time")).isEqualTo(2);
    }

    @Test
    void keepsARefusalToo_andNoBadKey() {
        greet("refused", " ").then().statusCode(422).body("errors[0].field", equalTo("text"));
        greet("refused", " ").then().statusCode(422).body("errors[0].field", equalTo("text"));
        greet("a key", "spaces are not visible").then().statusCode(400);
        greet("k".repeat(256), "too long").then().statusCode(400);
    }

    @Test
    void isSeen_byAReadThatWaitsForIt() {
        for (var i = 0; i < 10; i++) {
            var written = admin().body(Map.of("text", "seen")).post("/api/v1/greetings");
            read(written.header("Centime-Position"))
                    .then()
                    .statusCode(200)
                    .body("items.id", hasItem(written.<String>path("id")));
        }
    }

    /** Asked again, as clients do, where the machine is slower than a read waits. */
    private static Response read(String atLeast) {
        return await().atMost(SOON)
                .pollDelay(Duration.ZERO)
                .until(
                        () -> admin().header("Centime-At-Least", atLeast).get("/api/v1/greetings?limit=1000"),
                        answer -> answer.statusCode() != 503);
    }

    @Test
    void answers503_whenThePositionIsNeverReached_and400WhenItIsNone() {
        var position = admin().body(Map.of("text", "later"))
                .post("/api/v1/greetings")
                .header("Centime-Position")
                .split("\\.");
        admin().header("Centime-At-Least", position[0] + "." + position[1] + ".999999999")
                .get("/api/v1/greetings")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", equalTo("1"));
        admin().header("Centime-At-Least", "soon")
                .get("/api/v1/greetings")
                .then()
                .statusCode(400);
    }

    @Test
    void takesNoBodyOverTheLimit_whenNobodyToldTheLength() {
        // Blank is good JSON as far as it goes, so nothing but its size is wrong with it.
        var blank = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        var body = HttpRequest.BodyPublishers.ofByteArrays(Collections.nCopies(20, blank));
        var request = HttpRequest.newBuilder(service.resolve("/api/v1/greetings/echo"))
                .header("Authorization", "Bearer " + TestTokens.userToken("default", "ada"))
                .header("Content-Type", "application/json")
                .POST(body)
                .build();
        try (var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            // A service closes the connection on who sends so much; that he can read why is the gateway's part.
            assertThat(client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                            .handle((answer, cutOff) -> cutOff == null ? answer.statusCode() : 413)
                            .join())
                    .isEqualTo(413);
        }
        admin().get("/api/v1/greetings").then().statusCode(200);
    }

    private long greetings(String text) throws SQLException {
        try (var connection = database.connect();
                var query = connection.prepareStatement(
                        "SELECT count(*) FROM log.event WHERE position(convert_to(?, 'UTF8') IN payload) > 0")) {
            query.setString(1, "\"" + text + "\"");
            try (var rows = query.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
