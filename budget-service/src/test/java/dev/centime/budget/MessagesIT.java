package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.budget.Sink.Behaviour;
import dev.centime.budget.Sink.Received;
import dev.centime.budget.Tenants.Tenant;
import dev.centime.budget.channel.MessageChannel;
import dev.centime.budget.delivery.DeliveryMetrics;
import dev.centime.budget.delivery.DeliveryRows;
import dev.centime.budget.delivery.Sender;
import dev.centime.contracts.AlertRaised;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.testing.ServiceDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages about alerts, to a real mail server and a real receiver of webhooks that behaves well or badly. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@QuarkusTestResource(Outside.class)
class MessagesIT {
    private static final String SETTINGS = "/api/v1/alerts/settings";
    private static final String DELIVERIES = "/api/v1/webhooks/deliveries";

    @Inject
    Tenants tenants;

    @Inject
    Projections projections;

    @Inject
    EventLog log;

    @Inject
    DeliveryRows rows;

    @Inject
    AlertDelivery delivery;

    @Inject
    MeterRegistry meters;

    @All
    @Inject
    List<MessageChannel> channels;

    Outside outside;

    private Tenant tenant;
    private Door door;
    private Instant now;
    private String path;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
        now = Instant.now();
        path = "/" + UUID.randomUUID();
    }

    @Test
    void aThresholdIsToldByEveryChannelItNames_once() throws Exception {
        var address = UUID.randomUUID() + "@example.com";
        var secret = patch(
                        "0",
                        "{'slack_channels': [{'channel': '#costs', 'url': '" + url("/slack")
                                + "'}], 'webhooks': [{'url': '" + url("/hook") + "'}]}")
                .<String>path("webhooks[0].secret");
        var budget = door.create(
                "monthly",
                "500",
                ", 'alert_contacts': {'emails': ['" + address
                        + "']}, 'thresholds': [{'percent': 80, 'channels': ['console', 'email', 'slack', 'webhook']}]");
        tenant.uses(tenant.call("ada", now, "400"));

        soon().until(() -> states("delivered").size() == 4);
        var mail = outside.mailTo(address);
        assertThat(mail).hasSize(1);
        assertThat(mail.getFirst().getSubject()).isEqualTo("Budget Team is at 80% utilization");
        assertThat(mail.getFirst().getContent().toString().replace("\r\n", "\n"))
                .startsWith("⚠ Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\n")
                .contains("Run 'centime cost forecast' for details.");
        assertThat(mail.getFirst().getMessageID())
                .isEqualTo("<" + ids("channel=email").getFirst() + "@centime>");
        assertThat(sink("/slack")).singleElement().satisfies(said -> assertThat(said.body())
                .contains("*Budget Team is at 80% utilization*"));

        assertThat(sink("/hook")).hasSize(1);
        var hook = sink("/hook").getFirst();
        assertThat(hook.header("webhook-id")).isEqualTo(ids("channel=webhook").getFirst());
        assertThat(hook.header("webhook-signature").split(" ")).containsExactly(expected(secret, hook));
        var said = new ObjectMapper().readTree(hook.body());
        assertThat(said.path("type").asText()).isEqualTo("alert.raised");
        assertThat(said.at("/data/alert/details/spend").asText()).isEqualTo("400");
        assertThat(said.at("/data/links/budget").asText())
                .isEqualTo("https://centime.example.com/api/v1/budgets/" + budget.path("id"));
    }

    @Test
    void whileASecretIsReplacedBothSign() throws Exception {
        var made = patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        var rotated =
                patch("1", "{'webhooks': [{'id': '" + made.path("webhooks[0].id") + "', 'rotate_secret': true}]}");
        raise("anomaly", "warning");
        soon().until(() -> sink("").size() == 1);
        var hook = sink("").getFirst();
        assertThat(hook.header("webhook-signature").split(" "))
                .containsExactly(
                        expected(rotated.path("webhooks[0].secret"), hook),
                        expected(made.path("webhooks[0].secret"), hook));
    }

    @Test
    void whatFailsIsTriedAgainUnderTheSameId_dies_andIsRedelivered() {
        outside.sink().behave(path, Behaviour.FAILS);
        patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        var deadBefore = counted("dead");
        raise("anomaly", "warning");
        soon().until(() -> states("dead").size() == 1);
        assertThat(sink("")).hasSize(4);
        assertThat(sink("").stream().map(each -> each.header("webhook-id")).distinct())
                .hasSize(1);
        // Counted once it is noted, which may already be seen.
        soon().until(() -> counted("dead") > deadBefore);
        door.admin()
                .get(DELIVERIES + "?state=dead&channel=webhook")
                .then()
                .body("items", hasSize(1))
                .body("items[0].attempts", equalTo(4))
                .body("items[0].last_status", equalTo(500))
                .body("items[0].last_reason", startsWith("answered 500"))
                .body("items[0].destination", startsWith("http://127.0.0.1:"))
                .body("items[0].ended_at", notNullValue());

        outside.sink().behave(path, Behaviour.TAKES);
        var id = ids("state=dead").getFirst();
        door.admin()
                .post(DELIVERIES + "/" + id + "/redeliver")
                .then()
                .statusCode(202)
                .body("id", equalTo(id));
        soon().until(() -> states("delivered").size() == 1);
        assertThat(sink("").getLast().header("webhook-id")).isEqualTo(id);
        door.admin().post(DELIVERIES + "/none/redeliver").then().statusCode(404);
        new Door(tenants.atNoon())
                .admin()
                .post(DELIVERIES + "/" + id + "/redeliver")
                .then()
                .statusCode(404);
    }

    @Test
    void anOrganizationWithVeryManyMessagesHoldsUpNobodyElseOfItsPartition() {
        var many = 1_200;
        outside.sink().behave(path, Behaviour.NEVER_ANSWERS);
        patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        tenant.uses(
                Stream.generate(() -> alert("anomaly", "warning")).limit(many).toArray());
        soon().until(() -> states("waiting").size() == 1_000 && sink("").size() >= 4);

        var here = log.partitionOf(tenant.id()).await().indefinitely();
        var neighbour = Stream.generate(() -> tenants.atNoon())
                .filter(each ->
                        log.partitionOf(each.id()).await().indefinitely().equals(here))
                .findFirst()
                .orElseThrow();
        new Door(neighbour)
                .admin()
                .header("If-Match", "\"0\"")
                .body("{\"channels\": [\"webhook\"], \"webhooks\": [{\"url\": \"" + url("/neighbour") + "\"}]}")
                .patch(SETTINGS)
                .then()
                .statusCode(200);
        neighbour.uses(alert("anomaly", "warning"));
        soon().until(() -> sink("/neighbour").size() == 1);
        assertThat(states("delivered")).isEmpty();

        outside.sink().behave(path, Behaviour.TAKES);
        // Four at a time, each with several commits: minutes on a slow disk.
        soon().atMost(Duration.ofMinutes(3)).until(() -> states("waiting").isEmpty());
        assertThat(states("dead")).isEmpty();
        assertThat(sink("").stream().map(each -> each.header("webhook-id")).distinct())
                .hasSize(many);
    }

    @Test
    void nobodyIsFollowedElsewhere_andAnEndlessAnswerEnds() {
        outside.sink().behave(path + "/moved", Behaviour.SENDS_ELSEWHERE);
        outside.sink().behave(path + "/gone", Behaviour.IS_GONE);
        outside.sink().behave(path + "/endless", Behaviour.NEVER_ENDS);
        patch(
                "0",
                "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("/moved") + "'}, {'url': '" + url("/gone")
                        + "'}, {'url': '" + url("/endless") + "'}]}");
        raise("anomaly", "warning");
        soon().until(() -> states("dead").size() == 2 && states("delivered").size() == 1);
        assertThat(sink("/moved")).hasSize(4);
        assertThat(sink("/moved/elsewhere")).isEmpty();
        assertThat(sink("/gone")).hasSize(1);
        assertThat(sink("/endless")).hasSize(1);
    }

    @Test
    void anAddressThatIsRefusedForGoodIsDeadAtOnce_oneThatIsRefusedForNowIsTriedAgain() {
        var gone = UUID.randomUUID() + "@example.com";
        var full = UUID.randomUUID() + "@example.com";
        outside.mailFront().refuses(gone, "550 5.1.1 <" + gone + ">: no such mailbox", 10);
        outside.mailFront().refuses(full, "452 4.2.2 mailbox full", 1);
        patch("0", "{'channels': ['email'], 'emails': ['" + gone + "', '" + full + "']}");
        raise("anomaly", "warning");
        soon().until(() -> states("dead").size() == 1 && states("delivered").size() == 1);
        door.admin()
                .get(DELIVERIES + "?state=dead")
                .then()
                .body("items.attempts", contains(1))
                .body("items.last_status", contains(550))
                .body("items.last_reason", contains("550 5.1.1 <…>: no such mailbox"));
        door.admin().get(DELIVERIES + "?state=delivered").then().body("items.attempts", contains(2));
        assertThat(outside.mailTo(full)).hasSize(1);
        assertThat(outside.mailTo(gone)).isEmpty();
    }

    @Test
    void aReceiverWhoseCertificateNobodyVouchesForIsNotWrittenTo_andItIsSaidWhy() {
        patch(
                "0",
                "{'channels': ['webhook'], 'webhooks': [{'url': '"
                        + outside.trustedSink().url(path) + "'}, {'url': '"
                        + outside.strangersSink().url(path) + "'}]}");
        raise("anomaly", "warning");
        soon().until(() -> states("dead").size() == 1 && states("delivered").size() == 1);
        assertThat(outside.trustedSink().at(path)).hasSize(1);
        assertThat(outside.strangersSink().at(path)).isEmpty();
        door.admin()
                .get(DELIVERIES + "?state=dead")
                .then()
                .body("items[0].last_reason", startsWith("its certificate is refused: "));
    }

    /** Of a kind that this service knows nothing of, as ingest-service raises them. */
    @Test
    void anotherServicesAlertIsListedByKind_toldWithItsLink_withinItsCooldown_andSeenTo() throws Exception {
        patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        var first = waste("waste/retries", "info");
        soon().until(() -> sink("").size() == 1);
        waste("waste/retries", "info");
        soon().until(() -> states("suppressed").size() == 1);
        waste("waste/retries", "critical");
        raise("anomaly", "warning");
        soon().until(() -> sink("").size() == 3);
        door.awaitAlerts(4);
        var said = new ObjectMapper().readTree(sink("").getFirst().body());
        assertThat(said.at("/data/links/more").asText())
                .isEqualTo("https://centime.example.com/api/v1/costs/efficiency?days=7");
        assertThat(said.at("/data/text").asText())
                .startsWith(
                        "⚠ Calls that failed and were made again cost $4.20\n   14 of 120 calls.\n\nMore: https://");
        door.admin()
                .get("/api/v1/alerts?kind=waste")
                .then()
                .body("items", hasSize(3))
                .body("items.link", hasItem("/api/v1/costs/efficiency?days=7"));
        door.admin().post("/api/v1/alerts/" + first + "/acknowledge").then().statusCode(200);
        soon().until(() -> door.admin()
                .get("/api/v1/alerts?kind=waste&acknowledged=true")
                .<List<String>>path("items.id")
                .equals(List.of(first)));
    }

    private String waste(String entity, String severity) {
        var id = UUID.randomUUID().toString();
        tenant.uses(new AlertRaised(
                id,
                "waste",
                severity,
                "Calls that failed and were made again cost $4.20",
                "14 of 120 calls.",
                entity,
                null,
                JsonNodeFactory.instance.objectNode().put("cost", "4.2"),
                "/api/v1/costs/efficiency?days=7",
                Instant.now()));
        return id;
    }

    @Test
    void withinTheCooldownOnlyWhatIsWorseIsTold() {
        patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        var budget = door.create("monthly", "10", "");
        tenant.uses(tenant.call("ada", now, "8.5"));
        soon().until(() -> sink("").size() == 1);
        door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"total_limit\": \"10.5\"}")
                .patch("/api/v1/budgets/" + budget.path("id"))
                .then()
                .statusCode(200);
        soon().until(() -> states("suppressed").size() == 1);
        door.admin().get(DELIVERIES + "?state=suppressed").then().body("items[0].last_reason", startsWith("cooldown"));
        tenant.uses(tenant.call("ada", now, "1.6"));
        soon().until(() -> sink("").size() == 2);
        door.awaitAlerts(3);
    }

    @Test
    void nobodyIsToldWhileAlertsAreOff_andTheyStayOnRecord() {
        patch("0", "{'enabled': false, 'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        raise("anomaly", "critical");
        door.awaitAlerts(1);
        soon().until(() ->
                projections.status().await().indefinitely().stream().allMatch(status -> status.lagEvents() == 0));
        patch("1", "{'enabled': true, 'minimum_severity': 'critical'}");
        raise("anomaly", "warning");
        raise("anomaly", "critical");
        soon().until(() -> sink("").size() == 1);
        door.awaitAlerts(3);
        door.admin().get(DELIVERIES).then().body("items", hasSize(1));
    }

    @Test
    void aPersonIsToldOfHisOwnLimits_asHeLikes() {
        var name = UUID.randomUUID() + "@example.com";
        var limits = door.admin()
                .body("{\"user\": \"" + name + "\", \"daily_limit\": \"1\"}")
                .patch("/api/v1/analytics/limits");
        limits.then().statusCode(200);
        tenant.uses(tenant.call(name, now, "0.85"));
        soon().until(() -> ids("channel=email&state=delivered").size() == 1);
        assertThat(outside.mailTo(name)).hasSize(1);
        door.user(name)
                .get(DELIVERIES + "?channel=email&state=delivered")
                .then()
                .body("items.destination", contains(name));
        door.user("bob").get(DELIVERIES).then().body("items", empty());
        var id = ids("channel=email&state=delivered").getFirst();
        door.user("bob").post(DELIVERIES + "/" + id + "/redeliver").then().statusCode(404);

        door.user(name)
                .header("If-Match", "\"0\"")
                .body("{\"enabled\": false}")
                .patch(SETTINGS)
                .then()
                .statusCode(200);
        tenant.uses(tenant.call(name, now, "0.16"));
        soon().until(() -> states("suppressed").size() >= 1);
        assertThat(outside.mailTo(name)).hasSize(1);
    }

    @Test
    void aWebhookThatABudgetNamesIsSignedBySettingsOfTheSameAddress_andDeadWithout() {
        patch("0", "{'webhooks': [{'url': '" + url("/known") + "'}, {'url': '" + url("/other") + "'}]}");
        door.create(
                "monthly",
                "10",
                ", 'alert_contacts': {'webhooks': ['" + url("/known") + "', '" + url("/stranger")
                        + "']}, 'thresholds': [{'percent': 80, 'channels': ['webhook']}]");
        tenant.uses(tenant.call("ada", now, "8"));
        soon().until(() -> sink("/known").size() == 1 && states("dead").size() == 1);
        assertThat(sink("/other")).isEmpty();
        assertThat(sink("/stranger")).isEmpty();
        assertThat(sink("/known").getFirst().header("webhook-signature")).startsWith("v1,");
    }

    @Test
    void withAnotherSenderAndARebuildEachIsStillToldOnce() {
        patch("0", "{'channels': ['webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        var other = new Sender(rows, channels, delivery, new DeliveryMetrics(new SimpleMeterRegistry()));
        other.begin().await().indefinitely();
        try {
            for (int number = 0; number < 40; number++) {
                raise("anomaly", "warning");
            }
            soon().until(() -> states("delivered").size() == 40);
            var rebuild = projections.rebuild("alerts").await().indefinitely();
            soon().until(() -> projections.rebuilds().await().indefinitely().stream()
                    .anyMatch(each -> each.id().equals(rebuild) && each.finishedAt() != null));
            raise("anomaly", "critical");
            soon().until(() -> states("delivered").size() == 41);
        } finally {
            other.end();
        }
        assertThat(sink("")).hasSize(41);
        assertThat(sink("").stream().map(each -> each.header("webhook-id")).distinct())
                .hasSize(41);
    }

    @Test
    void listsInPages_andRefusesWhatItDoesNotKnow() {
        patch("0", "{'channels': ['console', 'webhook'], 'webhooks': [{'url': '" + url("") + "'}]}");
        raise("anomaly", "warning");
        soon().until(() -> states("delivered").size() == 2);
        var first = door.admin().get(DELIVERIES + "?limit=1");
        var second = door.admin().get(DELIVERIES + "?limit=1&cursor=" + first.path("next_cursor"));
        assertThat(List.of(first.<String>path("items[0].channel"), second.<String>path("items[0].channel")))
                .containsExactlyInAnyOrder("console", "webhook");
        door.admin().get(DELIVERIES + "?state=lost").then().statusCode(400);
        door.admin().get(DELIVERIES + "?channel=pigeon").then().statusCode(400);
    }

    private ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /** As another service raises one. */
    private void raise(String kind, String severity) {
        tenant.uses(alert(kind, severity));
    }

    private static AlertRaised alert(String kind, String severity) {
        var id = UUID.randomUUID().toString();
        return new AlertRaised(
                id,
                kind,
                severity,
                "Spend is unusual",
                "three times as much as on other days",
                kind + "/" + id,
                null,
                JsonNodeFactory.instance.objectNode().put("factor", 3),
                Instant.now());
    }

    private Response patch(String revision, String body) {
        var patched = door.admin()
                .header("If-Match", "\"" + revision + "\"")
                .body(body.replace('\'', '"'))
                .patch(SETTINGS);
        assertThat(patched.statusCode()).as(patched.asString()).isEqualTo(200);
        return patched;
    }

    private String url(String end) {
        return outside.sink().url(path + end);
    }

    private List<Received> sink(String end) {
        return outside.sink().at(path + end);
    }

    private List<String> states(String state) {
        return ids("state=" + state);
    }

    private List<String> ids(String query) {
        return door.admin().get(DELIVERIES + "?limit=1000&" + query).path("items.id");
    }

    private double counted(String result) {
        return meters.counter("centime.alerts.messages", "channel", "webhook", "result", result)
                .count();
    }

    /** By the specification's words, apart from the code that signs. */
    private static String expected(String secret, Received received) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
        var signed = received.header("webhook-id") + "." + received.header("webhook-timestamp") + "." + received.body();
        return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }
}
