package dev.centime.ingest.command.reprice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.Api;
import dev.centime.ingest.CaughtUp;
import dev.centime.ingest.Corrections;
import dev.centime.ingest.Prices;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.Organizations;
import dev.centime.kit.Tenants;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class RepriceTest {
    @Inject
    TestOrganizations organizations;

    @Inject
    Repricing repricing;

    @Inject
    Runs runs;

    @Inject
    RunProgress progress;

    @Inject
    RepriceWorker worker;

    @Inject
    Prices prices;

    @Inject
    Organizations known;

    @Inject
    Tenants tenants;

    @Inject
    Clock clock;

    @Inject
    CaughtUp views;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    private String organization;
    private Api api;
    private Api admin;
    private String model;

    @BeforeEach
    void callsAtAnOldPrice() {
        organization = organizations.create("Asia/Kolkata");
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = new Api(TestTokens.platformAdminToken(organization));
        model = "model-" + UUID.randomUUID();
        setPrice("2");
    }

    @Test
    void aDryRun_saysWhatWouldChange_andChangesNothing() {
        api.record(call("a", "2025-06-01T10:00:00Z", "web"));
        // The second of June in India.
        api.record(call("b", "2025-06-01T18:30:00Z", "web"));
        api.record(call("c", "2025-06-02T10:00:00Z", "app"));
        setPrice("5");

        var run = admin.reprice(organization, """
                {"start_date": "2025-06-01", "end_date": "2025-06-02", "reason": "a wrong price", "filter": {"project": "web"}}
                """);

        assertThat(run.get("state").asText()).isEqualTo("done");
        assertThat(run.get("dry_run").asBoolean()).isTrue();
        assertThat(run.get("calls_total").asLong()).isEqualTo(2);
        assertThat(run.get("calls_looked_at").asLong()).isEqualTo(2);
        assertThat(run.get("calls_changed").asLong()).isEqualTo(2);
        assertThat(run.get("cost_before").asText()).isEqualTo("0.004");
        assertThat(run.get("cost_after").asText()).isEqualTo("0.01");
        assertThat(run.get("difference").asText()).isEqualTo("0.006");
        assertThat(run.at("/by_model/0/key").asText()).isEqualTo("acme/" + model);
        assertThat(run.at("/by_model/0/calls").asLong()).isEqualTo(2);
        assertThat(run.get("by_day")).hasSize(2);
        assertThat(run.at("/by_day/1/key").asText()).isEqualTo("2025-06-02");
        assertThat(run.at("/by_day/1/difference").asText()).isEqualTo("0.003");
        assertThat(call("a").get("total_cost").asText()).isEqualTo("0.002");
        assertThat(call("a").get("corrections")).isEmpty();
    }

    @Test
    void aRun_correctsByEvent_andTheCallShowsBothCosts_whoAndWhy() {
        api.record(call("a", "2025-06-01T10:00:00Z", "web"));
        api.record(call("b", "2025-07-01T10:00:00Z", "web"));
        setPrice("5");

        var run = admin.reprice(organization, order("\"end_date\": \"2025-06-30\","));

        assertThat(run.get("calls_changed").asLong()).isEqualTo(1);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(call("a").get("total_cost").asText()).isEqualTo("0.005"));
        organizations.settle(organization);
        var corrected = call("a");
        assertThat(corrected.get("recorded_cost").asText()).isEqualTo("0.002");
        assertThat(corrected.get("corrections")).hasSize(1);
        var correction = corrected.at("/corrections/0");
        assertThat(correction.get("cost_before").asText()).isEqualTo("0.002");
        assertThat(correction.get("cost_after").asText()).isEqualTo("0.005");
        assertThat(correction.get("reason").asText()).isEqualTo("a wrong price");
        assertThat(correction.get("reprice").asText()).isEqualTo(run.get("id").asText());
        assertThat(correction.get("by").asText())
                .isEqualTo(run.get("requested_by").asText());
        assertThat(correction.get("price_id_before").asText())
                .isNotEqualTo(correction.get("price_id_after").asText());
        assertThat(call("b").get("total_cost").asText()).isEqualTo("0.002");

        var again = admin.reprice(organization, order("\"end_date\": \"2025-06-30\","));
        assertThat(again.get("calls_changed").asLong()).isZero();
        assertThat(admin.get("/pricing/reprice?limit=1").at("/items/0/id").asText())
                .isEqualTo(again.get("id").asText());
    }

    /** Kolkata is ahead of UTC: its days are meant. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 29 | 0",
                "{'days': 3} | 2 | 0",
                "{'period': 'yesterday'} | 1 | 1",
                "{'end_date': 'TODAY'} | 29 | 0"
            })
    void aPeriodIsSaidAsInEveryRead(String body, int first, int last) {
        var today = LocalDate.now(ZoneId.of("Asia/Kolkata"));

        var run = admin.post(
                "/pricing/reprice", organization, body.replace('\'', '"').replace("TODAY", today.toString()));

        run.then().statusCode(202);
        var started = Api.json(run.asString());
        assertThat(started.get("dry_run").asBoolean()).isTrue();
        // Midnight may pass in between.
        assertThat(started.get("start_date").asText())
                .isIn(
                        today.minusDays(first).toString(),
                        today.minusDays(first - 1L).toString());
        assertThat(started.get("end_date").asText())
                .isIn(
                        today.minusDays(last).toString(),
                        today.minusDays(last - 1L).toString());
    }

    @Test
    void whatSomebodyAskedFor_isLeftAlone_byThePriceThatComesNext() {
        api.record(call("a", "2025-06-01T10:00:00Z", "web"));
        setPrice("5");
        admin.reprice(organization, order(""));
        setPrice("7");
        // Recorded after the price of 7, by a call that had none, so whoever follows prices has come past it.
        var other = model;
        model = "other-" + model;
        api.record(call("b", "2025-06-01T10:00:00Z", "web"));
        setPrice("1");
        model = other;
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(call("b").get("total_cost").asText()).isEqualTo("0.001"));
        organizations.settle(organization);

        assertThat(call("a").get("total_cost").asText()).isEqualTo("0.005");
    }

    @Test
    void aWithdrawnPrice_leavesCallsUnpriced_untilTheNextOneComes() {
        api.record(call("a", "2025-06-01T10:00:00Z", "web"));
        api.record(reported("b", "2025-06-02T10:00:00Z"));
        withdraw();
        var run = admin.reprice(organization, order(""));
        assertThat(run.get("calls_changed").asLong()).isEqualTo(2);
        assertThat(run.get("cost_after").asText()).isEqualTo("7");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(costs().get("unpriced_requests").asLong()).isEqualTo(1));
        organizations.settle(organization);
        assertThat(costs().get("total_cost").asText()).isEqualTo("7");
        var unpriced = api.get("/pricing/unpriced").get("items");
        assertThat(unpriced).hasSize(1);
        assertThat(unpriced.at("/0/model").asText()).isEqualTo(model);
        assertThat(unpriced.at("/0/tokens").asLong()).isEqualTo(1000);

        setPrice("5");

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(costs().get("total_cost").asText()).isEqualTo("0.01"));
        organizations.settle(organization);
        assertThat(costs().get("unpriced_requests").asLong()).isZero();
        assertThat(costs().get("requests").asLong()).isEqualTo(2);
        assertThat(api.get("/pricing/unpriced").get("items")).isEmpty();
        assertThat(call("a").get("corrections")).hasSize(2);
        assertThat(call("a").at("/corrections/0/source_after").asText()).isEqualTo("unpriced");
        assertThat(call("a").at("/corrections/1/cost_after").asText()).isEqualTo("0.005");
        assertThat(call("a").at("/corrections/1/by").asText()).isEqualTo("centime");
    }

    @Test
    void whatARunLeftUnpriced_whileAPriceCame_takesThatPrice() {
        api.record(call("a", "2025-06-01T10:00:00Z", "web"));
        var recordId = events(List.of("a")).getFirst();
        var record = log.find(organization, List.of(recordId))
                .map(found -> (UsageRecorded) types.decode(found.get(recordId)).orElseThrow())
                .await()
                .atMost(Duration.ofSeconds(60));

        // As a replica appends it that has not heard of the price of 2 when it looks.
        var late = new UsageRepriced(
                "a",
                "api",
                record.timestamp(),
                record.model(),
                record.attribution(),
                record.tokens(),
                record.quantity(),
                record.cost(),
                Cost.UNPRICED,
                "a wrong price",
                "a-run",
                0,
                null,
                null);
        var event = types.encode(
                UUID.randomUUID().toString(),
                late.timestamp(),
                late,
                Map.of(),
                Set.of(Corrections.chain(organization)));
        log.append(organization, List.of(event)).await().atMost(Duration.ofSeconds(60));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(call("a").get("corrections")).hasSize(2));
        organizations.settle(organization);
        assertThat(call("a").get("total_cost").asText()).isEqualTo("0.002");
        assertThat(costs().get("total_cost").asText()).isEqualTo("0.002");
        assertThat(api.get("/pricing/unpriced").get("items")).isEmpty();
    }

    @Test
    void aRunThatDied_goesOn_andCorrectsNothingTwice() {
        var ids = IntStream.range(0, 20).mapToObj(i -> "c" + i).toList();
        api.record(ids.stream()
                .map(id -> call(id, "2025-06-01T10:00:00Z", "web"))
                .collect(Collectors.joining(",", "[", "]")));
        setPrice("5");
        views.with(organization).await().atMost(Duration.ofSeconds(60));
        var id = UUID.randomUUID().toString();
        var order = sinceJune();
        // What a run does that dies before it has written down how far it came.
        var done = repricing
                .correctFor(new Repricing.Run(id, "somebody", "a wrong price"), organization, events(ids.subList(0, 7)))
                .await()
                .atMost(Duration.ofSeconds(60));
        assertThat(done).hasSize(7);

        runs.add(id, order, "somebody", Instant.now()).await().atMost(Duration.ofSeconds(60));
        worker.wake();

        await().atMost(Duration.ofSeconds(60)).until(() -> admin.get("/pricing/reprice/" + id)
                .get("state")
                .asText()
                .equals("done"));
        var run = admin.get("/pricing/reprice/" + id);
        assertThat(run.get("calls_changed").asLong()).isEqualTo(20);
        assertThat(run.get("difference").asText()).isEqualTo("0.06");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-30")
                                .get("total_cost")
                                .asText())
                .isEqualTo("0.1"));
        organizations.settle(organization);
        assertThat(ids)
                .allSatisfy(call -> assertThat(call(call).get("corrections")).hasSize(1));
    }

    /** As where there are very many: one that looks next would else take the run from whoever counts, and that one from him. */
    @Test
    void aRunThatCountsForLong_isHeldMeanwhile() {
        var counted = new CompletableFuture<Long>();
        var calls = new CallsOfRun(log, tenants) {
            @Override
            Uni<Long> count(RunOrder order, Organization organization, Instant now) {
                return Uni.createFrom().completionStage(counted.copy());
            }
        };
        var slow = new RepriceWorker(runs, progress, calls, repricing, views, prices, known, clock);
        var id = UUID.randomUUID().toString();
        awaitNoRuns();
        worker.end();
        try {
            slow.begin().await().atMost(Duration.ofSeconds(60));
            runs.add(id, sinceJune(), "somebody", Instant.now()).await().atMost(Duration.ofSeconds(60));
            await().atMost(Duration.ofSeconds(60)).until(() -> heldUntil(id).isPresent());
            var held = heldUntil(id).orElseThrow();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> heldUntil(id).orElseThrow().isAfter(held));

            counted.complete(0L);
            await().atMost(Duration.ofSeconds(60)).until(() -> admin.get("/pricing/reprice/" + id)
                    .get("state")
                    .asText()
                    .equals("done"));
        } finally {
            counted.complete(0L);
            slow.end();
            worker.begin().await().atMost(Duration.ofSeconds(60));
        }
    }

    /** Whoever looks next would begin with one that another test left waiting. */
    private void awaitNoRuns() {
        await().atMost(Duration.ofSeconds(60)).until(() -> runs.with(connection -> connection
                        .query("SELECT count(*) FROM ingest.reprice_run WHERE state IN ('waiting', 'running')")
                        .execute()
                        .map(rows -> rows.iterator().next().getLong(0)))
                .await()
                .atMost(Duration.ofSeconds(60))
                .equals(0L));
    }

    private Optional<OffsetDateTime> heldUntil(String id) {
        return runs.with(connection -> connection
                        .preparedQuery("SELECT lease_until FROM ingest.reprice_run"
                                + " WHERE partition = $1 AND organization = $2 AND id = $3")
                        .execute(Runs.platform().addString(id))
                        .map(rows -> Optional.ofNullable(rows.iterator().next().getOffsetDateTime(0))))
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    private RunOrder sinceJune() {
        return new RunOrder(
                organization,
                LocalDate.parse("2025-06-01"),
                null,
                Map.of(),
                Scope.ORGANIZATION,
                "a wrong price",
                false);
    }

    /** Of yesterday and today, since some organizations of other tests keep no older calls, which such a run is refused for. */
    @Test
    void aRunOverAllOrganizations_saysWhatChangesForEach() {
        var other = organizations.create("UTC");
        var now = Instant.now();
        api.record(call("a", now.toString(), "web"));
        new Api(TestTokens.orgAdminToken(other)).record(call("a", now.toString(), "web"));
        setPrice("5");

        var run = admin.reprice(organization, """
                {"start_date": "%s", "reason": "a wrong price", "all_organizations": true, "filter": {"model": ["%s"]}}
                """.formatted(
                        LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(1), model));

        assertThat(run.get("organization").isNull()).isTrue();
        assertThat(run.get("calls_changed").asLong()).isEqualTo(2);
        assertThat(run.get("by_organization"))
                .extracting(change -> change.get("key").asText())
                .containsExactlyInAnyOrder(organization, other);
        assertThat(run.get("difference").asText()).isEqualTo(Money.of("0.006").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'start_date': '2025-06-01', 'dry_run': false} | reason",
                "{'start_date': '2025-06-01', 'reason': ' '} | reason",
                "{'days': 0, 'reason': 'r'} | days",
                "{'days': 'all', 'reason': 'r'} | days",
                "{'days': 7, 'period': 'month', 'reason': 'r'} | days",
                "{'days': 7, 'start_date': '2025-06-01', 'reason': 'r'} | days",
                "{'period': 'month', 'end_date': '2025-06-01', 'reason': 'r'} | period",
                "{'period': 'fortnight', 'reason': 'r'} | period",
                "{'end_date': '1999-06-01', 'reason': 'r'} | end_date",
                "{'dry_run': 'no', 'reason': 'r'} | dry_run",
                "{'filter': 5, 'reason': 'r'} | filter",
                "{'start_date': '1999-06-01', 'reason': 'r'} | start_date",
                "{'start_date': '2025-06-02', 'end_date': '2025-06-01', 'reason': 'r'} | end_date",
                "{'start_date': '2025-06-02', 'reason': 'r', 'filter': {'colour': 'red'}} | filter.colour",
                "{'start_date': '2025-06-02', 'reason': 'r', 'filter': {'model': []}} | filter.model",
                "{'start_date': '2025-06-02', 'reason': 'r', 'filter': {'model': [null, {}]}} | filter.model",
                "{'start_date': '2025-06-02', 'reason': 'r', 'filter': {'user': 'ann'}, 'all_organizations': true} | filter.user",
                "{'start_date': 'soon', 'reason': 'r'} | start_date"
            })
    void refuses_namingTheField(String body, String field) {
        admin.post("/pricing/reprice", organization, body.replace('\'', '"'))
                .then()
                .statusCode(422)
                .body("errors.field", hasItem(field));
    }

    @Test
    void isForPlatformAdmins() {
        api.post("/pricing/reprice", null, order("")).then().statusCode(403);
        api.response("/pricing/reprice").then().statusCode(403);
        admin.response("/pricing/reprice/no-such-run").then().statusCode(404);
    }

    private static String order(String more) {
        return "{\"start_date\": \"2025-06-01\", %s \"reason\": \"a wrong price\", \"dry_run\": false}".formatted(more);
    }

    private List<String> events(List<String> recordIds) {
        return recordIds.stream()
                .map(id -> RecordIds.event(organization, "api", id))
                .toList();
    }

    private JsonNode call(String id) {
        return api.get("/usage/" + id);
    }

    private JsonNode costs() {
        return api.get("/costs/breakdown?dimension=model&start_date=2025-06-01&end_date=2025-06-30");
    }

    private String reported(String id, String timestamp) {
        return call(id, timestamp, "web").replace("\"input_tokens\"", "\"reported_cost\": 7, \"input_tokens\"");
    }

    private String call(String id, String timestamp, String project) {
        return """
                {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": 1000, "project": "%s"}
                """.formatted(id, timestamp, model, project);
    }

    private void withdraw() {
        var set = admin.setPrice(null, """
                {"provider": "acme", "model_name": "%s", "is_active": false, "effective_date": "2025-01-01"}
                """.formatted(model));
        assertThat(set.statusCode()).as(set.asString()).isEqualTo(201);
    }

    private void setPrice(String input) {
        var set = admin.setPrice(null, """
                {"provider": "acme", "model_name": "%s", "input_price": "%s", "effective_date": "2025-01-01"}
                """.formatted(model, input));
        assertThat(set.statusCode()).as(set.asString()).isEqualTo(201);
    }
}
