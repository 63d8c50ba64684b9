package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static dev.centime.gateway.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.Contracts;
import dev.centime.eventstore.log.About;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Subjects;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The audit over what the gateway records itself, and over what services would have written. */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class AuditTest {
    private static final String AUDIT = "/api/v1/audit";

    @Inject
    EventLog log;

    @Inject
    Subjects subjects;

    @Test
    void saysWhoMadeAndRevokedAKey_whenAndFromWhere_toTheOrganizationWhoseItIs() {
        var organization = Callers.organization("audit-" + UUID.randomUUID());
        var boss = Callers.key(organization, "org_admin", "Boss");
        var made = with(boss)
                .header("User-Agent", "curl/8.5 (\u00fcber)")
                .header("X-Request-Id", "request-17")
                .contentType("application/json")
                .body(Map.of("role", "ingest", "name", "collector"))
                .post("/api/v1/admin/api-keys");
        made.then().statusCode(201).header("X-Request-Id", equalTo("request-17"));
        var id = made.path("id").toString();
        with(boss).post("/api/v1/admin/api-keys/" + id + "/rotate").then().statusCode(200);
        with(boss).delete("/api/v1/admin/api-keys/" + id).then().statusCode(204);

        with(boss)
                .get(AUDIT + "?entity=key/" + id)
                .then()
                .statusCode(200)
                .body("items.type", contains("api-key-revoked", "api-key-rotated", "api-key-created"))
                .body("items.entity", everyItem(equalTo("key/" + id)))
                .body("items.organization_id", everyItem(equalTo(organization)))
                .body("items.actor.name", everyItem(equalTo("a test's")))
                .body("items.actor.user", everyItem(equalTo("Boss")))
                .body("items.at", everyItem(notNullValue()))
                .body("items[2].from.address", equalTo("127.0.0.1"))
                .body("items[2].from.user_agent", startsWith("curl/8.5"))
                .body("items[2].from.request_id", equalTo("request-17"))
                .body("items[0].from.request_id", not(equalTo("request-17")))
                .body("items[2].changes.find { it.field == 'name' }.after", equalTo("collector"))
                .body("items[2].changes.find { it.field == 'name' }.before", nullValue())
                .body("items.collectMany { it.changes.field }", not(hasItem("hash")))
                .body("next_cursor", nullValue());

        var stranger = Callers.key(Callers.organization("audit-" + UUID.randomUUID()), "org_admin", null);
        with(stranger).get(AUDIT + "?entity=key/" + id).then().statusCode(200).body("items", empty());
        with(stranger).get(AUDIT).then().body("items.entity", not(hasItem("key/" + id)));
        with(boss).get(AUDIT).then().body("items.entity", hasItems("key/" + id, "organization/" + organization));
    }

    @Test
    void showsWhatAnEventChanged_withNamesOfPersons_andInPages() {
        var organization = Callers.organization("audit-" + UUID.randomUUID());
        var boss = Callers.key(organization, "org_admin", null);
        var ada = Objects.requireNonNull(subjects.idsOf(organization, List.of("Ada"))
                .await()
                .indefinitely()
                .get("Ada"));
        var client = subjects.idsOf(organization, List.of("client:203.0.113.7 curl/8"))
                .await()
                .indefinitely()
                .get("client:203.0.113.7 curl/8");
        append(organization, "b-1", "5", ada, Map.of("actor", "key-1", "from", client, "request", "r-1"));
        append(organization, "b-2", "50", ada, Map.of("actor", "budget-service"));
        append(organization, "b-1", "7", ada, Map.of("actor", "key-2"));

        with(boss)
                .get(AUDIT + "?entity=budget/b-1")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .body("items[0].changes.field", contains("limit"))
                .body("items[0].changes[0].before", equalTo("5"))
                .body("items[0].changes[0].after", equalTo("7"))
                .body("items[0].actor.id", equalTo("key-2"))
                .body("items[0].from", nullValue())
                .body("items[1].changes.field", contains("id", "limit", "scope.user"))
                .body("items[1].changes[2].after", contains("Ada"))
                .body("items[1].from.address", equalTo("203.0.113.7"))
                .body("items[1].from.request_id", equalTo("r-1"));
        with(boss).get(AUDIT + "?actor=key-2").then().body("items.entity", contains("budget/b-1"));
        // Of today and yesterday: a day may just have ended.
        with(boss).get(AUDIT + "?type=budget-set&days=2").then().body("items", hasSize(3));
        with(boss).get(AUDIT + "?type=budget-set&period=last_year").then().body("items", empty());
        with(boss).get(AUDIT + "?entity=budget/none").then().body("items", empty());

        var paged = new ArrayList<String>();
        var cursor = "";
        do {
            var page = with(boss).get(AUDIT + "?limit=1" + cursor);
            page.then().statusCode(200).body("items", hasSize(1));
            paged.add(page.path("items[0].id"));
            cursor = page.path("next_cursor") == null ? null : "&cursor=" + page.path("next_cursor");
        } while (cursor != null);
        List<String> whole = with(boss).get(AUDIT).path("items.id");
        assertThat(paged).isEqualTo(whole).doesNotHaveDuplicates().hasSizeGreaterThan(4);

        subjects.erase(organization, "client:203.0.113.7 curl/8").await().indefinitely();
        with(boss)
                .get(AUDIT + "?entity=budget/b-1&limit=5")
                .then()
                .body("items[1].from.address", nullValue())
                .body("items[1].from.request_id", equalTo("r-1"));
    }

    @Test
    void whatIsSetForAPersonIsFoundByHisName_andOnceHeIsErasedByHisIdAlone() {
        var organization = Callers.organization("audit-" + UUID.randomUUID());
        var boss = Callers.key(organization, "org_admin", null);
        var ada = Objects.requireNonNull(subjects.idsOf(organization, List.of("Ada"))
                .await()
                .indefinitely()
                .get("Ada"));
        for (var kind : List.of("user-limits", "notification-preferences")) {
            var payload =
                    JsonNodeFactory.instance.objectNode().put("subject", ada).put("enabled", false);
            store(organization, kind + "-set", new About(kind + "/" + ada), payload, Map.of("actor", "key-1"));
            with(boss)
                    .get(AUDIT + "?entity=" + kind + "/Ada")
                    .then()
                    .statusCode(200)
                    .body("items.entity", contains(kind + "/Ada"))
                    .body("items[0].changes.find { it.field == 'subject' }.after", equalTo("Ada"));
        }
        subjects.erase(organization, "Ada").await().indefinitely();
        for (var kind : List.of("user-limits", "notification-preferences")) {
            with(boss)
                    .get(AUDIT + "?entity=" + kind + "/" + ada)
                    .then()
                    .body("items.entity", contains(kind + "/" + ada))
                    .body("items[0].changes.find { it.field == 'subject' }.after", equalTo(ada));
        }
    }

    @Test
    void aContractsPriceIsItsOrganizationsBusiness_theCataloguesIsEverybodys() {
        var organization = Callers.organization("audit-" + UUID.randomUUID());
        var other = Callers.organization("audit-" + UUID.randomUUID());
        var boss = Callers.key(organization, "org_admin", null);
        var model = "price/acme/" + UUID.randomUUID();
        var client = subjects.idsOf(Contracts.PLATFORM, List.of("client:198.51.100.9"))
                .await()
                .indefinitely()
                .get("client:198.51.100.9");
        price(model, null, "3", Map.of("actor", "platform-admin", "from", client));
        price(model, other, "1", Map.of("actor", "platform-admin"));
        price(model, organization, "2", Map.of("actor", "platform-admin", "from", client));

        with(boss)
                .get(AUDIT + "?entity=" + model)
                .then()
                .body("items", hasSize(2))
                .body("items[0].changes.find { it.field == 'input' }.after", equalTo("2"))
                .body("items[0].changes.find { it.field == 'input' }.before", nullValue())
                .body("items[0].from.address", equalTo("198.51.100.9"))
                .body("items[1].changes.find { it.field == 'input' }.after", equalTo("3"))
                .body("items[1].from", nullValue());
        admin().header("X-Organization", organization)
                .get(AUDIT + "?entity=" + model)
                .then()
                .body("items[1].from.address", equalTo("198.51.100.9"));
        with(boss).get(AUDIT).then().body("items.findAll { it.entity == '" + model + "' }", hasSize(1));
    }

    @Test
    void aPlatformAdminsReadingIsToldToTheOrganizationThatHeReads() {
        var organization = Callers.organization("audit-" + UUID.randomUUID());
        var boss = Callers.key(organization, "org_admin", null);
        admin().header("X-Organization", organization)
                .get("/api/v1/admin/api-keys")
                .then()
                .statusCode(200);

        with(boss)
                .get(AUDIT + "?type=organization-read")
                .then()
                .body("items.actor.id", contains("platform-admin"))
                .body("items[0].from.address", equalTo("127.0.0.1"));
    }

    @Test
    void refusesWhatItCannotRead_namingTheParameter() {
        for (var bad : List.of(
                "entity=b-1",
                "entity=Budget/1",
                "entity=budget/",
                "type=Budget Set",
                "limit=0",
                "period=ever",
                "start_date=yesterday",
                "cursor=x",
                "entity=budget/%00")) {
            admin().urlEncodingEnabled(false)
                    .get(AUDIT + "?" + bad.replace(" ", "%20"))
                    .then()
                    .statusCode(400)
                    .body("errors.field", contains(bad.substring(0, bad.indexOf('='))));
        }
        admin().header("X-Organization", "*").get(AUDIT).then().statusCode(400);
        admin().header("X-Organization", "nowhere").get(AUDIT).then().statusCode(404);
    }

    private void append(String organization, String id, String limit, String person, Map<String, String> metadata) {
        var payload = JsonNodeFactory.instance.objectNode();
        payload.put("id", id).put("limit", limit);
        payload.putObject("scope").putArray("user").add(person);
        store(organization, "budget-set", new About("budget/" + id), payload, metadata);
    }

    private void price(String entity, String organization, String input, Map<String, String> metadata) {
        var payload = JsonNodeFactory.instance.objectNode().put("input", input);
        store(Contracts.PLATFORM, "price-set", new About(entity, organization), payload, metadata);
    }

    /** As a service would write it, whose classes the gateway does not know. */
    private void store(String organization, String type, About about, JsonNode payload, Map<String, String> metadata) {
        var types = EventTypes.with(Contracts.mapper())
                .add(payload.getClass(), type, 1)
                .about(payload.getClass(), any -> about)
                .build();
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), payload, metadata, Set.of());
        log.append(organization, List.of(event)).await().indefinitely();
    }
}
