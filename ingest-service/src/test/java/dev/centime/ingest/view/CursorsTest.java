package dev.centime.ingest.view;

import static dev.centime.kit.testing.ForgedCursors.Listed.own;
import static dev.centime.kit.testing.ForgedCursors.Listed.shared;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ForgedCursors;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** Every list of this service that goes by pages. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CursorsTest {
    private static final String YEAR = "start_date=2026-01-01&end_date=2026-12-31";
    private static final String AT = "2026-11-22T00:00:00Z";

    @Inject
    TestOrganizations organizations;

    @Test
    void areRefusedWhereTheyAreNotFrom() {
        var another = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        another.record("""
                [{"id": "a", "model": "nobody-prices-this", "provider": "acme", "session": "s", "input_tokens": 1},
                 {"id": "b", "model": "m", "provider": "acme", "session": "t", "reported_cost": "1"}]
                """);
        var organization = organizations.create("UTC");
        ForgedCursors.areRefused(
                organization,
                () -> given().auth().oauth2(TestTokens.platformAdminToken(organization)),
                own("/api/v1/usage?" + YEAR, AT, "7"),
                own("/api/v1/imports", AT, "i"),
                own("/api/v1/exports", AT, "e"),
                own("/api/v1/sessions?" + YEAR, AT, "s"),
                own("/api/v1/sessions?sort=cost&" + YEAR, "0.5", "s"),
                own("/api/v1/sessions?sort=session&" + YEAR, "s", "s"),
                own("/api/v1/costs/breakdown?dimension=model&" + YEAR, "0.5", "m"),
                shared("/api/v1/costs/breakdown?dimension=day&" + YEAR, "2026-11-22"),
                own("/api/v1/costs/analysis?group_by=model&" + YEAR, "0.5", "m"),
                own("/api/v1/costs/analysis?group_by=model&sort=change&" + YEAR, "-0.5", "m"),
                own("/api/v1/costs/variance?dimension=model&" + YEAR, "0.5", "m"),
                own("/api/v1/costs/differences?dimension=model&" + YEAR, "0.5", "m"),
                own("/api/v1/costs/differences?dimension=call&" + YEAR, "0.5", "m"),
                own("/api/v1/analytics/admin?" + YEAR, "0.5", "u"),
                own("/api/v1/pricing/unpriced", "5", "acme", "m", "o"),
                shared("/api/v1/pricing/models", "anthropic"),
                shared("/api/v1/pricing/reprice", AT, "r"));
    }

    /** Three bytes for each character, and a third more as text. */
    @Test
    void leadOn_alsoFromTheLongestName() {
        var longest = "\u9280".repeat(255);
        var api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        api.record("""
                [{"id": "a", "model": "m", "provider": "acme", "reported_cost": "2", "tags": {"team": "%s1"}},
                 {"id": "b", "model": "m", "provider": "acme", "reported_cost": "1", "tags": {"team": "%s2"}}]
                """.formatted(longest, longest));
        var path = "/costs/breakdown?dimension=tag.team&days=2&limit=1";
        var first = api.get(path);
        assertThat(first.at("/items/0/key").asText()).isEqualTo(longest + "1");
        var second = api.get(path + "&cursor=" + first.get("next_cursor").asText());
        assertThat(second.at("/items/0/key").asText()).isEqualTo(longest + "2");
        assertThat(second.get("next_cursor").isNull()).isTrue();
    }
}
