package dev.centime.ingest.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An organization that does not show what individuals did: its administrators find no person and no session anywhere. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class IndividualsHiddenTest {
    private static final String YEAR = "start_date=2025-02-01&end_date=2025-06-30";

    /** Reads of calls begin with these. */
    private static final List<String> OF_CALLS =
            List.of("/api/v1/costs", "/api/v1/usage", "/api/v1/sessions", "/api/v1/analytics");

    /** Whose answer needs something more than a period. */
    private static final Set<String> NEED_A_DIMENSION = Set.of("/api/v1/costs/breakdown");

    private static String organization;

    @Inject
    TestOrganizations organizations;

    private Api admin;

    @BeforeEach
    void calls() {
        if (organization != null) {
            admin = new Api(TestTokens.orgAdminToken(organization));
            return;
        }
        organization = organizations.create("UTC", false);
        admin = new Api(TestTokens.orgAdminToken(organization));
        admin.record("""
                [{"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m", "session": "secret-one", "user": "ann",
                  "reported_cost": 1, "estimated_cost": 2},
                 {"timestamp": "2025-03-02T00:00:00Z", "provider": "acme", "model": "m", "session": "secret-two", "user": "bob",
                  "reported_cost": 4, "id": "call-of-bob"}]
                """);
        admin.get("/costs/breakdown?dimension=model&" + YEAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usage",
                "/usage/call-of-bob",
                "/sessions?user=ann",
                "/sessions?session=secret-one",
                "/sessions?min_cost=1",
                "/sessions?max_cost=1",
                "/sessions/secret-one",
                "/costs/summary?user=ann",
                "/costs/summary?session=secret-one",
                "/costs/history?user=ann",
                "/costs/history?session=secret-one",
                "/costs/breakdown?dimension=model&user=ann",
                "/costs/breakdown?dimension=day&user=ann",
                "/costs/breakdown?dimension=model&session=secret-one",
                "/costs/breakdown?dimension=user&user=ann",
                "/costs/analysis?user=ann",
                "/costs/analysis?group_by=session&session=secret-one",
                "/costs/trends?user=ann",
                "/costs/trends?session=secret-one",
                "/costs/variance?dimension=call",
                "/costs/variance?user=ann",
                "/costs/differences?dimension=call",
                "/costs/differences?session=secret-one",
                "/costs/export",
                "/costs/export?layout=sessions",
                "/costs/export?layout=cost-tracking&session=secret-one",
                "/analytics/user?user=ann",
                "/analytics/admin?user=ann"
            })
    void whatIsOfOnePerson_isRefused(String path) {
        admin.response(path + (path.contains("?") ? "&" : "?") + YEAR)
                .then()
                .statusCode(403)
                .body("detail", equalTo("this organization does not show what individuals did"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sessions?sort=-cost",
                "/costs/breakdown?dimension=user",
                "/costs/breakdown?dimension=session",
                "/costs/analysis?group_by=user",
                "/costs/analysis?group_by=session",
                "/costs/variance?dimension=user",
                "/costs/variance?dimension=session",
                "/costs/differences?dimension=user",
                "/costs/differences?dimension=session",
                "/analytics/admin?limit=1"
            })
    void whatIsOfAll_isOneRowWithoutAName(String path) {
        var answer = admin.get(path + "&" + YEAR);

        assertThat(answer.get("items")).hasSize(1);
        var name = answer.at("/items/0").has("key") ? "/items/0/key" : "/items/0/session";
        assertThat(answer.at(name).isNull()).isTrue();
        assertThat(answer.get("next_cursor").isNull()).isTrue();
        assertNobody(path, answer.toString());
    }

    /** Also those that were not there when this was written. */
    @Test
    void noReadOfCalls_takesOrNamesAPerson() {
        var wrong = new ArrayList<String>();
        for (var path : reads()) {
            var asked = path.substring("/api/v1".length()) + "?" + YEAR
                    + (NEED_A_DIMENSION.contains(path) ? "&dimension=model" : "");
            for (var person : List.of("user=ann", "session=secret-one")) {
                var status = admin.response(asked + "&" + person).statusCode();
                // Analytics take no session from anybody.
                var refused = status == 403 || status == 400 && path.contains("/analytics/");
                if (!refused) {
                    wrong.add(asked + "&" + person + ": " + status);
                }
            }
            assertNobody(asked, admin.response(asked).asString());
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aUserSeesHimself_andAPlatformAdminEverybody() {
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        assertThat(ann.get("/analytics/user?" + YEAR).at("/totals/total_cost").asText())
                .isEqualTo("1");
        assertThat(ann.get("/sessions?" + YEAR).at("/items/0/session").asText()).isEqualTo("secret-one");
        var platform = new Api(TestTokens.platformAdminToken(organization));
        assertThat(platform.get("/analytics/admin?" + YEAR).get("items")).hasSize(2);
        assertThat(platform.get("/sessions?user=bob&" + YEAR).get("items")).hasSize(1);
    }

    private static void assertNobody(String path, String answer) {
        assertThat(answer).as(path).doesNotContain("\"ann\"", "\"bob\"", "secret-", "call-of-bob");
    }

    /** Every path without an id that answers with what calls come to. */
    private static List<String> reads() {
        var document = RestAssured.given().get("/q/openapi?format=json");
        assertThat(document.statusCode()).isEqualTo(200);
        var reads = new ArrayList<String>();
        Api.json(document.asString()).get("paths").properties().forEach(path -> {
            if (path.getValue().has("get")
                    && !path.getKey().contains("{")
                    && OF_CALLS.stream().anyMatch(path.getKey()::startsWith)) {
                reads.add(path.getKey());
            }
        });
        assertThat(reads).contains("/api/v1/costs/summary", "/api/v1/sessions", "/api/v1/analytics/admin");
        return reads;
    }
}
