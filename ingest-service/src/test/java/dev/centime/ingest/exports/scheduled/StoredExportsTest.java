package dev.centime.ingest.exports.scheduled;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Scope;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.event.ExportScheduled;
import dev.centime.ingest.event.ExportScheduled.Bucket;
import dev.centime.ingest.exports.scheduled.ExportLeases.Key;
import dev.centime.ingest.exports.scheduled.ExportLeases.Lease;
import dev.centime.ingest.exports.store.BucketAddress;
import dev.centime.ingest.exports.store.Credentials;
import dev.centime.ingest.exports.store.Stores;
import dev.centime.ingest.exports.store.TestStore;
import dev.centime.ingest.exports.store.TestStore.Fault;
import dev.centime.kit.secret.KeptSecrets;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Exports into a store that speaks the S3 protocol, from their order to the object. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class StoredExportsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String SECRET = TestStore.CREDENTIALS.secretAccessKey();

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Inject
    ExportLeases leases;

    @Inject
    Leftovers leftovers;

    @Inject
    KeptSecrets secrets;

    @Inject
    Stores stores;

    TestPostgres.Database database;

    private final TestStore store = TestStore.start();
    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @AfterEach
    void end() {
        store.close();
    }

    @Test
    void theSecretIsShownToNobody_liesSealed_andIsForgottenInTheEnd() throws SQLException {
        var created = given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json")
                .body(Map.of(
                        "name",
                        "finance",
                        "destination",
                        Map.of(
                                "type",
                                "s3",
                                "endpoint",
                                store.endpoint(),
                                "region",
                                TestStore.region(),
                                "bucket",
                                TestStore.BUCKET,
                                "prefix",
                                "Käse/daily",
                                "access_key_id",
                                TestStore.CREDENTIALS.accessKeyId(),
                                "secret_access_key",
                                SECRET)))
                .post("/api/v1/exports");
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        var id = Api.json(created.asString()).get("id").asText();
        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 200);

        var shown = api.response("/exports/" + id).asString();
        assertThat(shown).contains("\"prefix\":\"Käse/daily\"", "\"type\":\"s3\"");
        assertThat(List.of(created.asString(), shown, api.response("/exports").asString(), logged()))
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRET, "secret_access_key"));
        assertThat(sealed(id)).hasSize(1).noneMatch(text -> text.contains(SECRET));

        given().header("Authorization", "Bearer " + TestTokens.orgAdminToken(organization))
                .delete("/api/v1/exports/" + id)
                .then()
                .statusCode(204);
        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 404);
        leftovers.forgetCancelled(Duration.ofSeconds(-1));
        assertThat(sealed(id)).isEmpty();
    }

    @Test
    void anExportBecomesAnObject_inAsManyPartsAsItTakes() {
        var day = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        for (int batch = 0; batch < 3; batch++) {
            var from = batch * 200;
            api.record(IntStream.range(from, from + 200)
                    .mapToObj(number -> """
                            {"id": "call-%d", "timestamp": "%sT12:00:00Z", "provider": "acme", "model": "m", "reported_cost": "1"}
                            """.formatted(number, day))
                    .collect(Collectors.joining(",", "[", "]")));
        }

        var id = schedule("centime", due());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run(id).path("state").asText()).isEqualTo("done"));
        var key = "centime/calls-calls-" + id.substring(0, 8) + "-" + day + "-" + day + ".csv";
        assertThat(run(id).get("file").asText()).isEqualTo(key);
        var object = store.object(key);
        assertThat(object).isNotNull();
        assertThat(run(id).get("bytes").asInt()).isEqualTo(object.length).isGreaterThan(2 * 16_384);
        assertThat(new String(object, StandardCharsets.UTF_8).lines()).hasSize(601);
        assertThat(store.unfinished()).isZero();
        assertThat(store.requests()).contains("POST uploads").last().isEqualTo("POST uploadId");
    }

    @Test
    void whatTheStoreRefuses_standsInTheHistory_whileItIsTriedAgain() {
        store.behaves(Fault.FORBIDS, Fault.FORBIDS);

        var id = schedule("", due());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run(id).path("state").asText()).isEqualTo("done"));
        assertThat(run(id).get("tries").asInt()).isEqualTo(3);
        assertThat(run(id).get("failure").isNull()).isTrue();
        assertThat(store.objects()).hasSize(1);
    }

    @Test
    void whatIsGivenUp_saysWhy_inTheStoresWords() {
        var stranger = new Credentials(TestStore.CREDENTIALS.accessKeyId(), "another");

        var id = schedule(UUID.randomUUID().toString(), "", due(), stranger);

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run(id).path("state").asText()).isEqualTo("failed"));
        assertThat(run(id).get("failure").asText()).isEqualTo("the store answers 403 SignatureDoesNotMatch: No");
        assertThat(run(id).get("tries").asInt()).isEqualTo(8);
    }

    @Test
    void theUploadOfAWriterThatWasKilled_isRemoved_whenItIsTakenAgain_andWhenItIsCancelled() throws SQLException {
        var again = UUID.randomUUID().toString();
        var cancelled = UUID.randomUUID().toString();
        var due = due();
        secrets.keep(organization, Map.of(again, SECRET, cancelled, SECRET))
                .await()
                .atMost(SOON);
        var writers = List.of(begun(again, due), begun(cancelled, due));
        assertThat(store.unfinished()).isEqualTo(2);
        schedule(again, "", due, TestStore.CREDENTIALS);

        writers.forEach(this::dies);

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(run(again).path("state").asText()).isEqualTo("done"));
        // The other is of no export any more: nobody takes it again, and it is removed all the same.
        await().atMost(SOON).until(() -> store.unfinished() == 0);
        await().atMost(SOON).untilAsserted(() -> {
            leftovers.forgetCancelled(Duration.ofSeconds(-1));
            assertThat(sealed(cancelled)).isEmpty();
        });
        assertThat(sealed(again)).hasSize(1);
    }

    /** An upload between two of its parts. What is left of it is nobody's, and removed by whoever sees it, once its writer is dead. */
    private Lease begun(String id, Instant due) {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var lease = leases.take(new Key(partition, organization, id, due))
                .await()
                .atMost(SOON)
                .orElseThrow();
        var address =
                new BucketAddress(java.net.URI.create(store.endpoint()), TestStore.region(), TestStore.BUCKET, true);
        stores.of(address, TestStore.CREDENTIALS)
                .upload("left", "text/csv", (key, uploadId) -> assertThat(
                                leases.note(lease, new Leftover.PartsInStore(bucket(""), key, String.valueOf(uploadId)))
                                        .await()
                                        .atMost(SOON))
                        .isTrue())
                .write(new byte[100_000]);
        return lease;
    }

    private void dies(Lease writer) {
        assertThat(leases.hold(writer, 0).await().atMost(SOON)).isTrue();
    }

    private String schedule(String prefix, Instant due) {
        return schedule(UUID.randomUUID().toString(), prefix, due, TestStore.CREDENTIALS);
    }

    private String schedule(String id, String prefix, Instant due, Credentials credentials) {
        secrets.keep(organization, Map.of(id, credentials.secretAccessKey()))
                .await()
                .atMost(SOON);
        var scheduled = new ExportScheduled(
                id,
                "calls",
                "calls",
                "csv",
                null,
                Scope.ORGANIZATION,
                "daily",
                LocalTime.MIDNIGHT,
                bucket(prefix),
                "test",
                due);
        var event = types.encode(id, Instant.now(), scheduled, Map.of("actor", "test"), Set.of());
        log.append(organization, List.of(event)).await().atMost(SOON);
        await().atMost(SOON).until(() -> api.response("/exports/" + id).statusCode() == 200);
        return id;
    }

    private Bucket bucket(String prefix) {
        return new Bucket(
                store.endpoint(),
                TestStore.region(),
                TestStore.BUCKET,
                prefix,
                true,
                TestStore.CREDENTIALS.accessKeyId());
    }

    private static Instant due() {
        return LocalDate.now(ZoneOffset.UTC).atTime(0, 0).toInstant(ZoneOffset.UTC);
    }

    private JsonNode run(String id) {
        return api.get("/exports/" + id).at("/history/0");
    }

    /** What the log holds of the organization. */
    private String logged() {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var found = new StringBuilder();
        long from = 0;
        while (true) {
            var page = log.read(partition, from, 1000).await().atMost(SOON);
            page.stream()
                    .filter(event -> event.organization().equals(organization))
                    .map(StoredEvent::payload)
                    .forEach(payload -> found.append(new String(payload, StandardCharsets.UTF_8)));
            if (page.size() < 1000) {
                assertThat(found).contains("finance");
                return found.toString();
            }
            from = page.getLast().offset();
        }
    }

    /** The rows as whoever steals them would read them. */
    private List<String> sealed(String id) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = database.connect();
                var select = connection.prepareStatement(
                        "SELECT secret_id || key_id || encode(sealed, 'escape') FROM ingest.export_secret WHERE secret_id = ?")) {
            select.setString(1, id);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
