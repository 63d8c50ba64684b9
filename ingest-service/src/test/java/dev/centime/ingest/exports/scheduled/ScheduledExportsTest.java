package dev.centime.ingest.exports.scheduled;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Timers;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.event.ExportFellDue;
import dev.centime.ingest.event.ExportScheduled;
import dev.centime.ingest.exports.scheduled.ExportLeases.Key;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exports that are taken again and again, from their order to the file. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ScheduledExportsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    /** More than a page may be, and a thread's stack is deep. */
    private static final int LONG_PAGE = 10_000;

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Inject
    ExportLeases leases;

    @Inject
    ScheduledExports view;

    @Inject
    @ReactiveDataSource("runner")
    Pool runner;

    @ConfigProperty(name = "centime.exports.directory")
    String directory;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @Test
    void anOrder_isShown_listed_andTakenBack() {
        var created = post("""
                {"name": "finance", "layout": "sessions", "format": "json", "frequency": "weekly", "at": "06:30",
                 "filters": {"user": ["ann"], "tag.team": ["red"]}, "destination": {"type": "directory", "path": "a/b"}}
                """);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        var id = Api.json(created.asString()).get("id").asText();
        assertThat(created.header("Location")).endsWith("/api/v1/exports/" + id);

        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 200);
        var shown = api.get("/exports/" + id);
        assertThat(shown.get("at").asText()).isEqualTo("06:30");
        assertThat(shown.at("/filters/tag.team/0").asText()).isEqualTo("red");
        assertThat(Instant.parse(shown.get("next_due").asText())).isAfter(Instant.now());
        assertThat(shown.get("history")).isEmpty();
        var second = Api.json(post("{\"name\": \"x\", \"destination\": {\"type\": \"directory\"}}")
                .asString());
        await().atMost(SOON).until(() -> api.get("/exports").get("items").size() == 2);
        var page = api.get("/exports?limit=1");
        assertThat(page.at("/items/0/id").asText()).isEqualTo(second.get("id").asText());
        assertThat(api.get("/exports?limit=1&cursor=" + page.get("next_cursor").asText())
                        .at("/items/0/name")
                        .asText())
                .isEqualTo("finance");

        var stranger = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        stranger.response("/exports/" + id).then().statusCode(404);
        new Api(TestTokens.userToken(organization, "ann"))
                .response("/exports")
                .then()
                .statusCode(403);
        delete(id).then().statusCode(204);
        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 404);
        delete(id).then().statusCode(404);
    }

    @Test
    void everyTimeThatWasMissed_isTakenOnce_intoItsFile() throws IOException {
        var today = LocalDate.now(ZoneOffset.UTC);
        for (int day = 1; day <= 3; day++) {
            api.record("""
                    {"id": "day-%d", "timestamp": "%sT12:00:00Z", "provider": "acme", "model": "m", "reported_cost": "1"}
                    """.formatted(day, today.minusDays(day)));
        }
        var id = schedule("csv", "daily", today.minusDays(2).atTime(0, 0).toInstant(ZoneOffset.UTC));

        await().atMost(SOON).untilAsserted(() -> assertThat(states(id)).containsExactly("done", "done", "done"));

        var folder = Path.of(directory, organization, "daily");
        assertThat(names(folder))
                .containsExactly(
                        file(id, today.minusDays(3)), file(id, today.minusDays(2)), file(id, today.minusDays(1)));
        for (int day = 1; day <= 3; day++) {
            var lines = Files.readAllLines(folder.resolve(file(id, today.minusDays(day))));
            assertThat(lines).hasSize(2);
            assertThat(lines.getLast()).startsWith("day-" + day + ",");
        }
        var newest = api.get("/exports/" + id).at("/history/0");
        assertThat(newest.get("file").asText()).isEqualTo("daily/" + file(id, today.minusDays(1)));
        assertThat(newest.get("bytes").asLong()).isEqualTo(Files.size(folder.resolve(file(id, today.minusDays(1)))));
        assertThat(newest.get("start_date").asText())
                .isEqualTo(today.minusDays(1).toString());
        assertThat(Instant.parse(api.get("/exports/" + id).get("next_due").asText()))
                .isAfter(Instant.now());
    }

    @Test
    void exportsOfOneName_haveAFileEach() throws IOException {
        var due = LocalDate.now(ZoneOffset.UTC).atTime(0, 0).toInstant(ZoneOffset.UTC);
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        var one = schedule("csv", "same", due);
        var two = schedule("csv", "same", due);
        var focus = UUID.randomUUID().toString();
        schedule(scheduled(focus, "csv", "1.2", "same", due));

        for (var id : List.of(one, two, focus)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(states(id)).containsExactly("done"));
        }
        assertThat(names(Path.of(directory, organization, "same")))
                .containsExactlyInAnyOrder(
                        file(one, day),
                        file(two, day),
                        file(focus, day).replace("calls-calls-", "calls-calls-focus-1.2-"));
    }

    @Test
    void whatATryLeftThatWasKilled_isDeleted_whenItIsTakenAgain() throws IOException {
        var due = LocalDate.now(ZoneOffset.UTC).atTime(0, 0).toInstant(ZoneOffset.UTC);
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        var scheduled = scheduled(UUID.randomUUID().toString(), "csv", "left", due);
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var key = new Key(partition, organization, scheduled.exportId(), due);
        var first = leases.take(key).await().atMost(SOON).orElseThrow();
        var folder = Files.createDirectories(Path.of(directory, organization, "left"));
        var file = file(scheduled.exportId(), day);
        var left = "." + file + ".1.part";
        var another = "." + file(UUID.randomUUID().toString(), day) + ".1.part";
        for (var name : List.of(left, another)) {
            Files.writeString(folder.resolve(name), "half of it");
        }
        assertThat(leases.note(first, new Leftover.PartOfFile("left", left))
                        .await()
                        .atMost(SOON))
                .isTrue();

        schedule(scheduled);
        assertThat(leases.hold(first, 0).await().atMost(SOON)).isTrue();

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(states(scheduled.exportId())).containsExactly("done"));
        assertThat(names(folder)).containsExactlyInAnyOrder(file, another);
    }

    @Test
    void whatATryLeftThatWasKilled_isDeleted_alsoWhenTheExportIsCancelled() throws IOException {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        var id = schedule("csv", "cancelled", Instant.now().plus(Duration.ofDays(1)));
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var lease = leases.take(new Key(partition, organization, id, Instant.now()))
                .await()
                .atMost(SOON)
                .orElseThrow();
        var folder = Files.createDirectories(Path.of(directory, organization, "cancelled"));
        var left = "." + file(id, day) + ".1.part";
        Files.writeString(folder.resolve(left), "half of it");
        assertThat(leases.note(lease, new Leftover.PartOfFile("cancelled", left))
                        .await()
                        .atMost(SOON))
                .isTrue();

        delete(id).then().statusCode(204);
        // Its process is gone, so that nobody holds the lease.
        assertThat(leases.hold(lease, 0).await().atMost(SOON)).isTrue();

        await().atMost(SOON).untilAsserted(() -> assertThat(names(folder)).isEmpty());
    }

    @Test
    void whatCannotBeWritten_isTriedAgain_andThenGivenUp_withAReason() throws IOException {
        var own = Files.createDirectories(Path.of(directory, organization));
        Files.writeString(own.resolve("taken"), "a file, no folder");

        var id = schedule("json", "taken", Instant.now().minusSeconds(1));

        await().atMost(SOON).untilAsserted(() -> assertThat(states(id)).containsExactly("failed"));
        assertThat(api.get("/exports/" + id).at("/history/0/failure").asText())
                .startsWith("the file cannot be written")
                .doesNotContain(directory);
        assertThat(api.get("/exports/" + id).at("/history/0/tries").asInt()).isEqualTo(8);
        assertThat(names(own)).containsExactly("taken");
    }

    @Test
    void aLinkLeadsNowhere() throws IOException {
        var own = Files.createDirectories(Path.of(directory, organization));
        var elsewhere = Files.createTempDirectory("elsewhere");
        Files.createSymbolicLink(own.resolve("link"), elsewhere);

        var id = schedule("csv", "link", Instant.now().minusSeconds(1));

        await().atMost(SOON).untilAsserted(() -> assertThat(states(id)).containsExactly("failed"));
        assertThat(names(elsewhere)).isEmpty();
    }

    @Test
    void aLongPage_isFoldedStepByStep() {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var day = LocalDate.of(2026, 1, 1);
        var stored = new StoredEvent(
                partition,
                1,
                "e",
                "export-fell-due",
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                organization,
                new byte[0],
                Map.of());
        var fell = new Event(stored, new ExportFellDue("unknown", Instant.EPOCH, day, day, Instant.EPOCH));

        runner.withTransaction(
                        connection -> view.apply(page(connection, partition), Collections.nCopies(LONG_PAGE, fell)))
                .await()
                .atMost(SOON);

        assertThat(api.get("/exports").get("items")).isEmpty();
    }

    private static View page(SqlConnection connection, int partition) {
        return new View() {
            @Override
            public SqlConnection connection() {
                return connection;
            }

            @Override
            public int partition() {
                return partition;
            }

            @Override
            public String table(String name) {
                return "ingest." + name;
            }

            @Override
            public Timers timers() {
                throw new IllegalStateException("nothing that is unknown has a timer");
            }

            @Override
            public boolean rebuilding() {
                return false;
            }
        };
    }

    @Test
    void oneAloneTakesIt() {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var key = new Key(partition, organization, UUID.randomUUID().toString(), Instant.now());

        var first = leases.take(key).await().atMost(SOON).orElseThrow();
        assertThat(leases.take(key).await().atMost(SOON)).isEmpty();
        assertThat(leases.hold(first, 0).await().atMost(SOON)).isTrue();
        var second = leases.take(key).await().atMost(SOON).orElseThrow();

        assertThat(second.epoch()).isEqualTo(2);
        assertThat(leases.hold(first, 60).await().atMost(SOON)).isFalse();
        assertThat(leases.rest(first, 60, "late").await().atMost(SOON)).isFalse();
        assertThat(leases.note(first, new Leftover.PartOfFile("", "late"))
                        .await()
                        .atMost(SOON))
                .isFalse();
        assertThat(leases.hold(second, 60).await().atMost(SOON)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'destination': {'type': 'directory'}} | name",
                "{'name': '../x', 'destination': {'type': 'directory'}} | name",
                "{'name': 'x'} | destination",
                "{'name': 'x', 'destination': {'type': 'pigeon'}} | destination.type",
                "{'name': 'x', 'destination': {'type': 'directory', 'path': '../..'}} | destination.path",
                "{'name': 'x', 'destination': {'type': 'directory', 'path': '/etc'}} | destination.path",
                "{'name': 'x', 'destination': {'type': 'directory', 'path': 'a//b'}} | destination.path",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'ftp://x.example', 'bucket': 'abc', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.endpoint",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://u:p@x.example', 'bucket': 'abc', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.endpoint",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example/y', 'bucket': 'abc', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.endpoint",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'Käse', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.bucket",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'a..b', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.bucket",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'a.b.c', 'path_style': false, 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.bucket",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://10.0.0.1', 'bucket': 'abc', 'path_style': false, 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.endpoint",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'abc', 'prefix': '../x', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.prefix",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'abc', 'prefix': '/x', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.prefix",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'abc', 'region': 'a/b', 'access_key_id': 'a', 'secret_access_key': 'b'}} | destination.region",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'abc', 'secret_access_key': 'b'}} | destination.access_key_id",
                "{'name': 'x', 'destination': {'type': 's3', 'endpoint': 'https://x.example', 'bucket': 'abc', 'access_key_id': 'a'}} | destination.secret_access_key",
                "{'name': 'x', 'layout': 'posters', 'destination': {'type': 'directory'}} | layout",
                "{'name': 'x', 'format': 'xlsx', 'destination': {'type': 'directory'}} | format",
                "{'name': 'x', 'focus': '9', 'destination': {'type': 'directory'}} | focus",
                "{'name': 'x', 'focus': '1.2', 'layout': 'sessions', 'destination': {'type': 'directory'}} | focus",
                "{'name': 'x', 'frequency': 'hourly', 'destination': {'type': 'directory'}} | frequency",
                "{'name': 'x', 'at': '25:00', 'destination': {'type': 'directory'}} | at",
                "{'name': 'x', 'filters': {'colour': ['red']}, 'destination': {'type': 'directory'}} | filters.colour",
                "{'name': 'x', 'filters': {'model': []}, 'destination': {'type': 'directory'}} | filters.model"
            })
    void refusesAnOrder_namingTheField(String body, String field) {
        post(body.replace('\'', '"')).then().statusCode(422).body("errors[0].field", equalTo(field));
    }

    @Test
    void isNotFor_anOrganizationThatShowsNobody() {
        var secret = organizations.create("UTC", false);
        given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(secret))
                .contentType("application/json")
                .body("{\"name\": \"x\", \"destination\": {\"type\": \"directory\"}}")
                .post("/api/v1/exports")
                .then()
                .statusCode(403);
    }

    private String schedule(String format, String path, Instant firstDue) {
        var scheduled = scheduled(UUID.randomUUID().toString(), format, path, firstDue);
        schedule(scheduled);
        return scheduled.exportId();
    }

    private void schedule(ExportScheduled scheduled) {
        var id = scheduled.exportId();
        var event = types.encode(id, Instant.now(), scheduled, Map.of("actor", "test"), Set.of());
        log.append(organization, List.of(event)).await().atMost(SOON);
        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 200);
    }

    private static ExportScheduled scheduled(String id, String format, String path, Instant firstDue) {
        return scheduled(id, format, null, path, firstDue);
    }

    private static ExportScheduled scheduled(
            String id, String format, @Nullable String focus, String path, Instant firstDue) {
        return new ExportScheduled(
                id,
                "calls",
                "calls",
                format,
                focus,
                Scope.ORGANIZATION,
                "daily",
                LocalTime.MIDNIGHT,
                new ExportScheduled.Directory(path),
                "test",
                firstDue);
    }

    private static String file(String id, LocalDate day) {
        return "calls-calls-" + id.substring(0, 8) + "-" + day + "-" + day + ".csv";
    }

    private List<String> states(String id) {
        var states = new java.util.ArrayList<String>();
        for (JsonNode run : api.get("/exports/" + id).get("history")) {
            states.add(run.get("state").asText());
        }
        return states;
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private io.restassured.response.Response post(String body) {
        return given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .contentType("application/json")
                .body(body)
                .post("/api/v1/exports");
    }

    private io.restassured.response.Response delete(String id) {
        return given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .delete("/api/v1/exports/" + id);
    }
}
