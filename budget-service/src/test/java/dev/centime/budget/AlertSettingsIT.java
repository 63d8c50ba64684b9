package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.contracts.PersonErased;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.testing.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where alerts go, over HTTP: what is set, what is shown, what stays secret. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@QuarkusTestResource(Outside.class)
class AlertSettingsIT {
    private static final String SETTINGS = "/api/v1/alerts/settings";
    private static final String SLACK = "https://hooks.slack.com/services/T000/B000/verysecretpath";

    @Inject
    Tenants tenants;

    @Inject
    Subjects subjects;

    TestPostgres.Database database;

    private Tenant tenant;
    private Door door;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.in("UTC");
        door = new Door(tenant);
    }

    @Test
    void areAsUsualUntilSomebodySetsThem() {
        door.admin()
                .get(SETTINGS)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("enabled", equalTo(true))
                .body("channels", contains("console"))
                .body("minimum_severity", equalTo("info"))
                .body("cooldown_minutes", equalTo(60))
                .body("webhooks", empty());
    }

    @Test
    void aPatchChangesWhatItNames_byTheVersionThatWasSeen() {
        patch("0", "{'emails': ['finance@example.com'], 'channels': ['email', 'console']}")
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .header("Centime-Position", notNullValue())
                .body("emails", contains("finance@example.com"))
                .body("enabled", equalTo(true));
        patch("1", "{'enabled': false}").then().statusCode(200).body("emails", contains("finance@example.com"));
        door.admin().get(SETTINGS).then().header("ETag", "\"2\"").body("enabled", equalTo(false));
        patch("2", "{'channels': null, 'enabled': null}")
                .then()
                .body("channels", contains("console"))
                .body("enabled", equalTo(true));
        patch("1", "{'enabled': false}").then().statusCode(412);
        door.admin().body("{}").patch(SETTINGS).then().statusCode(428);
        patch("3", "{}").then().statusCode(200).header("ETag", "\"3\"");
    }

    @Test
    void secretsAreShownOnce_andLieSealed_andTheLogKnowsNothingOfThem() throws SQLException {
        var made = patch(
                "0",
                "{'slack_channels': [{'channel': '#costs', 'url': '" + SLACK
                        + "'}], 'webhooks': [{'url': 'https://pager.example.com/hooks/abc?token=t0p'}]}");
        made.then()
                .statusCode(200)
                .body("slack_channels[0].url", equalTo("https://hooks.slack.com/…"))
                .body("webhooks[0].url", equalTo("https://pager.example.com/…"))
                .body("webhooks[0].secret", startsWith("whsec_"))
                .body("webhooks[0].secret", not(endsWith("…")));
        String secret = made.path("webhooks[0].secret");
        door.admin()
                .get(SETTINGS)
                .then()
                .body("webhooks[0].secret", equalTo("whsec_…"))
                .body("webhooks[0].id", equalTo(made.path("webhooks[0].id")));
        assertThat(String.join("\n", tenants.stored(tenant)))
                .doesNotContain("verysecretpath", "t0p", secret.substring("whsec_".length()));
        assertThat(sealed()).isNotEmpty().doesNotContain("verysecretpath", "t0p", secret.substring("whsec_".length()));
    }

    /** The table as whoever steals it would read it. */
    private String sealed() throws SQLException {
        var all = new StringBuilder();
        try (var connection = database.connect();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT key_id, sealed FROM budget.channel_secret WHERE organization = '"
                                + tenant.id() + "'")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append(new String(rows.getBytes(2), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void whatIsSentBackAsItWasShownStays_andWhatIsLeftOutIsForgotten() throws SQLException {
        var made = patch(
                "0",
                "{'slack_channels': [{'channel': '#costs', 'url': '" + SLACK
                        + "'}], 'webhooks': [{'url': 'https://pager.example.com/hooks'}]}");
        var shown = door.admin().get(SETTINGS);
        door.admin()
                .header("If-Match", "\"1\"")
                .body(shown.asString())
                .patch(SETTINGS)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"");
        String id = made.path("webhooks[0].id");
        patch(
                        "1",
                        "{'webhooks': [{'id': '" + id
                                + "', 'rotate_secret': true}], 'slack_channels': [{'channel': '#costs'}]}")
                .then()
                .statusCode(200)
                .body("webhooks[0].secret", not(equalTo(made.path("webhooks[0].secret"))))
                .body("webhooks[0].previous_secret_until", notNullValue())
                .body("slack_channels", hasSize(1));
        patch("2", "{'webhooks': [], 'slack_channels': null}")
                .then()
                .statusCode(200)
                .body("webhooks", empty());
        assertThat(sealed()).isEmpty();
    }

    @Test
    void namesEveryFieldAtFault() {
        patch("0", """
                {'enabled': 'yes', 'channels': ['pigeon'], 'minimum_severity': 'loud', 'cooldown_minutes': -1,
                 'emails': ['nobody', 'a@example.com', 'a@example.com'],
                 'slack_channels': [{'channel': '#a'}, {'url': 'https://x.example.com'}],
                 'webhooks': [{}, {'url': 'ftp://x'}, {'url': 'https://u:p@x.example.com/'}, {'id': 'none'},
                              {'url': 'https://x.example.com/', 'secret': 'whsec_short'}]}""")
                .then()
                .statusCode(422)
                .body(
                        "errors.field",
                        hasItems(
                                "enabled",
                                "channels[0]",
                                "minimum_severity",
                                "cooldown_minutes",
                                "emails[0]",
                                "emails[2]",
                                "slack_channels[0].url",
                                "slack_channels[1].channel",
                                "webhooks[0].url",
                                "webhooks[1].url",
                                "webhooks[2].url",
                                "webhooks[3].id",
                                "webhooks[4].secret"));
        patch("0", "[]").then().statusCode(422);
        patch("0", "{'webhooks': [{'url': 'http://169.254.169.254/latest'}]}")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("webhooks[0].url"));
        patch("0", "{'slack_channels': [{'channel': '#a', 'url': 'http://10.0.0.1/'}]}")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("slack_channels[0].url"));
        door.admin().get(SETTINGS).then().header("ETag", "\"0\"");
    }

    @Test
    void aUserSetsWhatHeIsTold_andNothingElse() {
        door.user("ada@example.com")
                .get(SETTINGS)
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("user", equalTo("ada@example.com"))
                .body("email", equalTo("ada@example.com"))
                .body("enabled", equalTo(true))
                .body("webhooks", nullValue());
        door.user("bob").get(SETTINGS).then().body("email", nullValue());
        door.user("bob")
                .header("If-Match", "\"0\"")
                .body("{\"email\": \"bob@example.com\", \"minimum_severity\": \"critical\"}")
                .patch(SETTINGS)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("email", equalTo("bob@example.com"));
        door.admin().get(SETTINGS + "?user=bob").then().body("minimum_severity", equalTo("critical"));
        door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"enabled\": false, \"email\": null}")
                .patch(SETTINGS + "?user=bob")
                .then()
                .statusCode(200)
                .body("enabled", equalTo(false))
                .body("email", nullValue())
                .body("minimum_severity", equalTo("critical"));
        door.user("bob").get(SETTINGS + "?user=ada").then().statusCode(403);
        door.user("bob")
                .header("If-Match", "\"2\"")
                .body("{\"email\": \"no address\", \"enabled\": 1}")
                .patch(SETTINGS)
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("email", "enabled"));
        assertThat(String.join("\n", tenants.stored(tenant))).doesNotContain("example.com");
    }

    @Test
    void whereAnErasedPersonWantedToBeWrittenToIsForgotten_asAContactToo() {
        var earlier = UUID.randomUUID() + "@example.com";
        var newest = UUID.randomUUID() + "@example.com";
        prefers("0", earlier);
        prefers("1", newest);
        patch("0", "{'emails': ['" + earlier + "', '" + newest + "', 'finance@example.com']}")
                .then()
                .statusCode(200);
        var bob = subjects.knownIdsOf(tenant.id(), List.of("bob")).await().indefinitely();
        assertThat(bob).hasSize(1);

        tenant.uses(new PersonErased(List.copyOf(bob.values()), Instant.now()));

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> door.admin().get(SETTINGS).then().body("emails", contains("finance@example.com")));
        door.admin().get(SETTINGS + "?user=bob").then().body("email", nullValue());
    }

    private void prefers(String revision, String email) {
        door.user("bob")
                .header("If-Match", "\"" + revision + "\"")
                .body("{\"email\": \"" + email + "\"}")
                .patch(SETTINGS)
                .then()
                .statusCode(200);
    }

    @Test
    void aSlackChannelIsNoPerson_sinceItsNameStaysInTheLog() {
        patch("0", "{'slack_channels': [{'channel': '@ada', 'url': '" + SLACK + "'}]}")
                .then()
                .statusCode(422)
                .body("errors.field", contains("slack_channels[0].channel"));
    }

    private Response patch(String revision, String body) {
        return door.admin()
                .header("If-Match", "\"" + revision + "\"")
                .body(body.replace('\'', '"'))
                .patch(SETTINGS);
    }
}
