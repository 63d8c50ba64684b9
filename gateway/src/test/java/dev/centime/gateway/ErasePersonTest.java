package dev.centime.gateway;

import static dev.centime.gateway.Callers.admin;
import static dev.centime.gateway.Callers.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Subjects;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class ErasePersonTest {
    private static final String ADA = "ada@example.com";
    private static final List<String> NAMES = List.of(ADA, "mailto:" + ADA);

    @Inject
    EventLog log;

    @Inject
    Subjects subjects;

    @Test
    void aPersonIsKnownNoMore_neitherByNameNorAsAContact_inThatOrganizationAlone() {
        var organization = Callers.organization("erased-" + UUID.randomUUID());
        var other = Callers.organization("erased-" + UUID.randomUUID());
        var ids = ids(organization);
        var elsewhere = ids(other);

        erase(organization).then().statusCode(204).header("Centime-Position", notNullValue());

        assertThat(subjects.namesOf(organization, ids.values()).await().indefinitely())
                .isEmpty();
        assertThat(subjects.namesOf(other, elsewhere.values()).await().indefinitely())
                .hasSize(2);
        assertThat(stored(organization))
                .singleElement()
                .satisfies(payload -> assertThat(payload).contains(ids.values()).doesNotContain("@"));
        erase(organization).then().statusCode(404);
    }

    @Test
    void whoErasedSomebodyIsOnRecord_withoutWhomHeErased() {
        var organization = Callers.organization("erased-" + UUID.randomUUID());
        var ids = ids(organization);
        erase(organization).then().statusCode(204);

        with(Callers.key(organization, "org_admin", null))
                .get("/api/v1/audit?type=person-erased")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body(
                        "items[0].entity",
                        equalTo("person/"
                                + ids.values().stream().sorted().findFirst().orElseThrow()))
                .body("items[0].actor.id", equalTo("platform-admin"))
                .body("items[0].from.address", equalTo("127.0.0.1"));
    }

    /** As budgets name them among their contacts. */
    @Test
    void anAddressOfAWebhookIsErasedAsANameOfItsOwn() {
        var organization = Callers.organization("erased-" + UUID.randomUUID());
        var address = "webhook:https://hooks.example.com/ada";
        var ids = subjects.idsOf(organization, List.of(address)).await().indefinitely();
        admin().header("X-Organization", organization)
                .urlEncodingEnabled(false)
                .post("/api/v1/admin/users/webhook%3Ahttps%3A%2F%2Fhooks.example.com%2Fada/erase")
                .then()
                .statusCode(204);
        assertThat(subjects.namesOf(organization, ids.values()).await().indefinitely())
                .isEmpty();
    }

    private Map<String, String> ids(String organization) {
        return subjects.idsOf(organization, NAMES).await().indefinitely();
    }

    private static Response erase(String organization) {
        return admin().header("X-Organization", organization).post("/api/v1/admin/users/" + ADA + "/erase");
    }

    private List<String> stored(String organization) {
        var partition = log.partitionOf(organization).await().indefinitely();
        return log.read(partition, 0, 10_000, Set.of("person-erased")).await().indefinitely().events().stream()
                .filter(event -> event.organization().equals(organization))
                .map(event -> new String(event.payload(), StandardCharsets.UTF_8))
                .toList();
    }
}
