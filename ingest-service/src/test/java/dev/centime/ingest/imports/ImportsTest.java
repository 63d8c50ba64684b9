package dev.centime.ingest.imports;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ImportsTest {
    private static final String PATH = "/api/v1/imports";

    /** When a bucket begins that is not over. */
    private static final Instant HOUR = Instant.now().truncatedTo(ChronoUnit.HOURS);

    @Inject
    TestOrganizations organizations;

    @Inject
    MeterRegistry metrics;

    @Inject
    EventLog log;

    @Inject
    Subjects subjects;

    TestPostgres.Database database;

    private String organization;
    private String token;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        token = TestTokens.orgAdminToken(organization);
        api = new Api(token);
    }

    @Test
    void aTableBecomesRecords_andItsReportSaysWhatBecameOfEachRow() {
        var csv = """
                id,timestamp,model,provider,input_tokens,output_tokens,cost
                a,2025-06-01T10:00:00Z,unheard-of,acme,1000,10,
                b,2025-06-01T10:00:00Z,unheard-of,acme,1000,10,0.5
                c,2025-06-01T10:00:00Z,unheard-of,acme,-1,10,
                a,2025-06-01T10:00:00Z,unheard-of,acme,1000,10,
                d,2025-06-01T10:00:00Z,nobody-says-whose,,1000,10,
                """;
        var sent = send("calls.csv", csv).then().statusCode(202).extract().response();
        assertThat(sent.header("Location")).endsWith(PATH + "/" + sent.path("id"));

        var done = awaitEnd(sent);

        assertThat(done.get("state").asText()).isEqualTo("done");
        assertThat(done.get("format").asText()).isEqualTo("csv");
        assertThat(done.get("records").asLong()).isEqualTo(4);
        assertThat(done.get("records_done").asLong()).isEqualTo(4);
        var report = done.get("report");
        assertThat(report.get("accepted").asLong()).isEqualTo(2);
        assertThat(report.get("duplicates").asLong()).isEqualTo(1);
        assertThat(report.get("rejected").asLong()).isEqualTo(2);
        assertThat(report.get("unpriced").asLong()).isEqualTo(1);
        assertThat(report.get("total_cost").asText()).isEqualTo("0.5");
        assertThat(report.at("/unpriced_models/0/model").asText()).isEqualTo("unheard-of");
        assertThat(report.at("/rejections/0/line").asLong()).isEqualTo(4);
        assertThat(report.at("/rejections/0/field").asText()).isEqualTo("input_tokens");
        assertThat(report.at("/rejections/1/line").asLong()).isEqualTo(6);
        assertThat(report.at("/rejections/1/field").asText()).isEqualTo("provider");
        awaitRequests(2);

        var again = awaitEnd(send("calls.csv", csv));
        assertThat(again.at("/report/accepted").asLong()).isZero();
        assertThat(again.at("/report/duplicates").asLong()).isEqualTo(3);
        awaitRequests(2);
        request()
                .get(PATH)
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].id", equalTo(again.get("id").asText()));
    }

    @Test
    void aDryRunRecordsNothing() {
        var done = awaitEnd(request()
                .multiPart("file", "calls.jsonl", record("a", 1000).getBytes(StandardCharsets.UTF_8))
                .multiPart("dry_run", "true")
                .post(PATH));

        assertThat(done.get("dry_run").asBoolean()).isTrue();
        assertThat(done.at("/report/accepted").asLong()).isEqualTo(1);
        api.response("/usage/a").then().statusCode(404);
        assertThat(requests()).isZero();
    }

    @Test
    void aMappingMayComeAfterTheFile() {
        var done = awaitEnd(request()
                .multiPart("file", "x.csv", "Modell;wer;Menge\nm;acme;7\n".getBytes(StandardCharsets.UTF_8))
                .multiPart("format", "csv")
                .multiPart("mapping", "{\"Modell\": \"model\", \"wer\": \"provider\", \"Menge\": \"input_tokens\"}")
                .post(PATH));
        assertThat(done.at("/report/accepted").asLong()).isEqualTo(1);
    }

    @Test
    void aCallThatGrewSinceItWasImportedIsCorrected() {
        assertThat(awaitEnd(send("s.jsonl", claude(1))).at("/report/accepted").asLong())
                .isEqualTo(1);
        awaitRequests(1);
        var later = awaitEnd(send("s.jsonl", claude(400)));
        assertThat(later.at("/report/corrected").asLong()).isEqualTo(1);
        assertThat(later.at("/report/duplicates").asLong()).isZero();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        costs().at("/items/0/output_tokens").asLong())
                .isEqualTo(400));
        assertThat(requests()).isEqualTo(1);
        var smaller = awaitEnd(send("s.jsonl", claude(30)));
        assertThat(smaller.at("/report/duplicates").asLong()).isEqualTo(1);
    }

    @Test
    void aDryRunSaysWhatWouldBeCorrected_andCorrectsNothing() {
        awaitEnd(send("s.jsonl", claude(1)));
        awaitRequests(1);
        var dry = awaitEnd(request()
                .multiPart("file", "s.jsonl", claude(400).getBytes(StandardCharsets.UTF_8))
                .multiPart("dry_run", "true")
                .post(PATH));
        assertThat(dry.at("/report/corrected").asLong()).isEqualTo(1);
        assertThat(dry.at("/report/duplicates").asLong()).isZero();
        assertThat(awaitEnd(send("s.jsonl", claude(400)))
                        .at("/report/corrected")
                        .asLong())
                .isEqualTo(1);
    }

    @Test
    void aSidechainThatCopiesWhatAnotherImportSaid_costsNothing_whicheverCameFirst() {
        assertThat(awaitEnd(send("main.jsonl", answer("m1", "r1", false)))
                        .at("/report/accepted")
                        .asLong())
                .isEqualTo(1);
        var copy = awaitEnd(send("agent.jsonl", answer("m1", "replayed", true) + answer("m2", "r2", true)));
        assertThat(copy.at("/report/accepted").asLong()).isEqualTo(1);
        assertThat(copy.at("/report/duplicates").asLong()).isEqualTo(1);

        assertThat(awaitEnd(send("agent.jsonl", answer("m3", "replayed", true)))
                        .at("/report/accepted")
                        .asLong())
                .isEqualTo(1);
        var original = awaitEnd(send("main.jsonl", answer("m3", "r3", false)));
        assertThat(original.at("/report/accepted").asLong()).isZero();
        assertThat(original.at("/report/duplicates").asLong()).isEqualTo(1);

        // Two calls that both say they are no copy are two, whatever their message.
        var other = awaitEnd(send("main.jsonl", answer("m1", "r9", false) + answer("m1", "r1", false)));
        assertThat(other.at("/report/accepted").asLong()).isEqualTo(1);
        assertThat(other.at("/report/duplicates").asLong()).isEqualTo(1);
        awaitRequests(4);
    }

    @Test
    void aBucketThatWasNotOver_countsWithWhatALaterReportSaysOfIt() {
        assertThat(awaitEnd(send("usage.json", openAi(5, 1000)))
                        .at("/report/accepted")
                        .asLong())
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(today().get("requests").asLong()).isEqualTo(5));
        var later = awaitEnd(send("usage.json", openAi(9, 1800)));
        assertThat(later.at("/report/corrected").asLong()).isEqualTo(1);
        assertThat(awaitEnd(send("usage.json", openAi(7, 1400)))
                        .at("/report/duplicates")
                        .asLong())
                .isEqualTo(1);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(today().get("requests").asLong()).isEqualTo(9));
        assertThat(today().at("/items/0/input_tokens").asLong()).isEqualTo(1800);
        var call = api.get("/usage").at("/items/0");
        assertThat(call.get("requests").asLong()).isEqualTo(9);
    }

    @Test
    void aCostThatWasNotWholeYet_isCorrectedToo() {
        assertThat(awaitEnd(send("cost.json", anthropicCost("123.45")))
                        .at("/report/accepted")
                        .asLong())
                .isEqualTo(1);
        assertThat(awaitEnd(send("cost.json", anthropicCost("200")))
                        .at("/report/corrected")
                        .asLong())
                .isEqualTo(1);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(today().get("total_cost").asText()).isEqualTo("2"));
        assertThat(today().get("requests").asLong()).isEqualTo(1);
        assertThat(api.get("/usage").at("/items/0/reported_cost").asText()).isEqualTo("2");
    }

    @Test
    void whatItsOwnPromptSaidIsNowhere() {
        var done = awaitEnd(send("s.jsonl", claude(5)));
        assertThat(done.toString()).doesNotContain("a secret");
        assertThat(api.get("/usage/m-" + organization + ":r").toString()).doesNotContain("a secret");
    }

    @Test
    void whatCannotBeReadIsRefused_andLeavesNothing() throws IOException {
        refused(request().multiPart("file", "letter.txt", "Dear Sir".getBytes(StandardCharsets.UTF_8)), "format");
        refused(request().multiPart("format", "csv"), "file");
        refused(file().multiPart("format", "excel"), "format");
        refused(file().multiPart("dry_run", "perhaps"), "dry_run");
        refused(file().multiPart("mapping", "[1]"), "mapping");
        refused(request().multiPart("file", "bomb.gz", gzip(new byte[64 << 20])).multiPart("format", "jsonl"), "file");
        request().contentType("application/json").body("{}").post(PATH).then().statusCode(415);
        request().get(PATH).then().body("items", hasSize(0));
    }

    @Test
    void anotherOrganizationsImportIsNotThere() {
        String id = send("calls.jsonl", record("a", 1)).path("id");
        var other = given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organizations.create("UTC")));
        other.get(PATH + "/" + id).then().statusCode(404);
        other.delete(PATH + "/" + id).then().statusCode(404);
        other.get(PATH).then().statusCode(200).body("items", hasSize(0));
        request().get(PATH + "/not.an.id").then().statusCode(404);
        given().header("Authorization", "Bearer " + TestTokens.userToken(organization, "ann"))
                .get(PATH)
                .then()
                .statusCode(403);
    }

    @Test
    void aCancelledImportStaysToBeSeen_andEndsThere() throws SQLException {
        var lines = new StringBuilder();
        for (int call = 0; call < 12_000; call++) {
            lines.append(record(UUID.randomUUID().toString(), 1));
        }
        String id;
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            // It goes on when the view of calls does, so it has not ended when it is cancelled.
            connection.createStatement().execute("LOCK TABLE ingest.usage_detail IN ACCESS EXCLUSIVE MODE");
            id = send("many.jsonl", lines.toString()).path("id");
            request()
                    .header("X-Request-Id", "cancels-" + id)
                    .delete(PATH + "/" + id)
                    .then()
                    .statusCode(204);
            connection.rollback();
        }

        var cancelled = api.get("/imports/" + id);
        assertThat(cancelled.get("state").asText()).isEqualTo("cancelled");
        assertThat(cancelled.get("records_done").asLong()).isLessThan(12_000);
        assertThat(told("cancelled")).containsEntry("request", "cancels-" + id);
        request().delete(PATH + "/" + id).then().statusCode(204);
    }

    @Test
    void whoAskedForAnImport_andFromWhere_isOnRecord() {
        var sent = request()
                .header("X-Request-Id", "asks-for-it")
                .header("X-Forwarded-For", "203.0.113.8")
                .header("User-Agent", "loader/1")
                .multiPart("file", "calls.jsonl", record("k", 1).getBytes(StandardCharsets.UTF_8))
                .post(PATH);
        awaitEnd(sent);

        var asked = told("waiting");
        assertThat(asked)
                .containsEntry("entity", "import/" + sent.path("id"))
                .containsEntry("request", "asks-for-it")
                .containsEntry("actor", "key-of-org_admin");
        assertThat(subjects.namesOf(organization, List.of(asked.get("from")))
                        .await()
                        .indefinitely())
                .containsValue("client:203.0.113.8 loader/1");
        await().atMost(Duration.ofSeconds(60)).until(() -> !told("done").isEmpty());
        assertThat(told("done")).containsEntry("actor", "key-of-org_admin").doesNotContainKey("from");
    }

    /** What the log says of who told of an import in that state; empty while it does not tell. */
    private Map<String, String> told(String state) {
        var partition = log.partitionOf(organization).await().indefinitely();
        var types = Set.of("import-progressed");
        for (var page = log.read(partition, 0, 10_000, types).await().indefinitely();
                page.upTo() < log.head(partition).await().indefinitely()
                        || !page.events().isEmpty();
                page = log.read(partition, page.upTo(), 10_000, types).await().indefinitely()) {
            for (var event : page.events()) {
                if (event.organization().equals(organization)
                        && new String(event.payload(), StandardCharsets.UTF_8)
                                .contains("\"state\":\"" + state + "\"")) {
                    return event.metadata();
                }
            }
        }
        return Map.of();
    }

    @Test
    void theSameKeyIsTheSameImport() {
        var key = UUID.randomUUID().toString();
        String first = file().header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        String second = file().header("Idempotency-Key", key)
                .post(PATH)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        assertThat(second).isEqualTo(first);
        refused(
                request()
                        .header("Idempotency-Key", key)
                        .multiPart("file", "calls.jsonl", record("another", 1).getBytes(StandardCharsets.UTF_8)),
                "Idempotency-Key");
        refused(file().header("Idempotency-Key", key).multiPart("dry_run", "true"), "Idempotency-Key");
    }

    @Test
    void anotherFileUnderTheKeyOfOneThatIsStillRead_isRefused() throws Exception {
        var key = UUID.randomUUID().toString();
        var others = TestTokens.orgAdminToken(organizations.create("UTC"));
        CompletableFuture<Response> first;
        awaitReading(0);
        try (var slow = SlowChunks.in(database)) {
            // As many as are read at once, so the next one waits, with nobody at work on it.
            sendLater(() -> file(others));
            sendLater(() -> file(others));
            awaitReading(2);
            first = sendLater(() -> file().header("Idempotency-Key", key));
            awaitReading(3);

            refused(
                    request()
                            .header("Idempotency-Key", key)
                            .multiPart(
                                    "file", "calls.jsonl", record("another", 1).getBytes(StandardCharsets.UTF_8)),
                    "Idempotency-Key");
            String again = file().header("Idempotency-Key", key)
                    .post(PATH)
                    .then()
                    .statusCode(202)
                    .body("state", equalTo("receiving"))
                    .extract()
                    .path("id");
            slow.end();
            assertThat(awaitEnd(first.join()).get("id").asText()).isEqualTo(again);
        }
        awaitReading(0);
    }

    @Test
    void anOrganizationHasThreeFilesReadAtOnce_andAFurtherOneIsRefusedBeforeItIsReceived() throws Exception {
        var many = sendersOfThree(6);
        var sent = new ArrayList<CompletableFuture<Response>>();
        awaitReading(0);
        try (var slow = SlowChunks.in(database)) {
            many.forEach(sender -> {
                for (int file = 0; file < 3; file++) {
                    sent.add(sendLater(() -> file(sender)));
                }
                awaitReading(sent.size());
                if (sent.size() == 3) {
                    refusedForNow(sender, "of this organization");
                }
            });
            // Now two of all organizations are read and sixteen wait: as many as may.
            refusedForNow(token, "as many files are being read as can be");
            assertThat(sendMuch()).isEqualTo(503);
            slow.end();
            assertThat(sent.stream().map(CompletableFuture::join).map(Response::statusCode))
                    .containsOnly(202);
        }
        awaitReading(0);
        assertThat(awaitEnd(file().post(PATH)).get("state").asText()).isEqualTo("done");
    }

    private List<String> sendersOfThree(int count) {
        return Stream.generate(() -> TestTokens.orgAdminToken(organizations.create("UTC")))
                .limit(count)
                .toList();
    }

    private static CompletableFuture<Response> sendLater(Supplier<RequestSpecification> request) {
        return CompletableFuture.supplyAsync(() -> request.get().post(PATH), Thread::startVirtualThread);
    }

    private void awaitReading(int files) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        metrics.get("centime.imports.reading").gauge().value())
                .isEqualTo(files));
    }

    /** The form is at fault, which nobody has seen. */
    private static void refusedForNow(String sender, String why) {
        file(sender)
                .multiPart("format", "excel")
                .post(PATH)
                .then()
                .statusCode(503)
                .contentType(containsString("application/problem+json"))
                .header("Retry-After", "5")
                .body("detail", containsString(why));
    }

    /** More than lies in any buffer, by a client that looks for an answer when all is sent. */
    private int sendMuch() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + PATH))
                    .timeout(Duration.ofMinutes(2))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("Authorization", "Bearer " + token)
                    .header("Content-Type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[48 << 20]))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void refused(RequestSpecification request, String field) {
        request.post(PATH)
                .then()
                .statusCode(422)
                .contentType(containsString("application/problem+json"))
                .body("errors[0].field", equalTo(field));
    }

    private RequestSpecification request() {
        return given().header("Authorization", "Bearer " + token);
    }

    private RequestSpecification file() {
        return file(token);
    }

    private static RequestSpecification file(String sender) {
        return given().header("Authorization", "Bearer " + sender)
                .multiPart("file", "calls.jsonl", record("k", 1).getBytes(StandardCharsets.UTF_8));
    }

    private Response send(String name, String content) {
        return request()
                .multiPart("file", name, content.getBytes(StandardCharsets.UTF_8))
                .post(PATH);
    }

    private JsonNode awaitEnd(Response sent) {
        assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(202);
        String id = sent.path("id");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !api.get("/imports/" + id).get("ended_at").isNull());
        organizations.settle(organization);
        return api.get("/imports/" + id);
    }

    private void awaitRequests(long expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(requests()).isEqualTo(expected));
    }

    private long requests() {
        return costs().get("requests").asLong();
    }

    private JsonNode today() {
        var today = LocalDate.now(ZoneOffset.UTC);
        return api.get("/costs/breakdown?dimension=model&start_date=" + today.minusDays(1) + "&end_date=" + today);
    }

    private JsonNode costs() {
        return api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-01");
    }

    private static String record(String id, long input) {
        return "{\"id\":\"" + id + "\",\"timestamp\":\"2025-06-01T10:00:00Z\",\"provider\":\"acme\",\"model\":\"m\","
                + "\"input_tokens\":" + input + "}\n";
    }

    private static String openAi(long requests, long input) {
        return """
                {"object":"page","data":[{"object":"bucket","start_time":%d,"end_time":%d,"results":[
                {"object":"organization.usage.completions.result","input_tokens":%d,"input_cached_tokens":0,
                 "output_tokens":500,"num_model_requests":%d,"project_id":"proj_1","model":"unheard-of"}]}]}""".formatted(HOUR.getEpochSecond(), HOUR.plusSeconds(86_400).getEpochSecond(), input, requests);
    }

    private static String anthropicCost(String cents) {
        return """
                {"data":[{"starting_at":"%s","ending_at":"%s","results":[
                {"amount":"%s","currency":"USD","description":"Claude usage"}]}]}""".formatted(HOUR, HOUR.plusSeconds(86_400), cents);
    }

    private String answer(String message, String request, boolean sidechain) {
        return """
                {"type":"assistant","timestamp":"2025-06-01T10:00:00Z","sessionId":"s","requestId":"%s","isSidechain":%s,\
                "message":{"id":"%s-%s","model":"claude-sonnet-4-20250514","usage":{"input_tokens":10,"output_tokens":5}}}
                """.formatted(request, sidechain, message, organization);
    }

    private String claude(long output) {
        return """
                {"type":"assistant","timestamp":"2025-06-01T10:00:00Z","sessionId":"s","requestId":"r","message":{"id":"m-%s",\
                "model":"claude-sonnet-4-20250514","content":[{"type":"text","text":"a secret"}],\
                "usage":{"input_tokens":1000,"output_tokens":%d}}}
                """.formatted(organization, output);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }
}
