package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.database.TestPostgres;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs and tags without end: what is kept of a day is bounded, and what is answered stays exact. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class WideDaysTest {
    private static final String PERIOD = "&start_date=2025-03-01&end_date=2025-03-05&limit=1000";

    @Inject
    TestOrganizations organizations;

    TestPostgres.Database database;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @Test
    void aDayWithTooManyRuns_isAnsweredFromItsCalls() throws SQLException {
        record(IntStream.range(0, 5).mapToObj(i -> call(1, "run-a", "1")).collect(Collectors.joining(",")));
        record(IntStream.range(0, 900).mapToObj(i -> call(2, "run-" + i, "1")).collect(Collectors.joining(",")));
        breakdown("run");
        assertThat(kept("run")).isEqualTo(901);

        record(IntStream.range(900, 1002)
                .mapToObj(i -> call(2, "run-" + i, "1"))
                .collect(Collectors.joining(",")));
        record(call(2, "run-a", "2.5") + "," + call(2, "", "4"));

        var answer = breakdown("run");
        assertThat(answer.get("total_cost").asText()).isEqualTo("1013.5");
        assertThat(answer.get("requests").asLong()).isEqualTo(1009);
        assertThat(answer.at("/items/0/key").asText()).isEqualTo("run-a");
        assertThat(answer.at("/items/0/total_cost").asText()).isEqualTo("7.5");
        assertThat(answer.at("/items/1/key").isNull()).isTrue();
        assertThat(answer.at("/items/1/total_cost").asText()).isEqualTo("4");
        assertThat(kept("run")).isEqualTo(1);

        record(call(3, "run-7", "0.25"));
        assertThat(pages("/costs/breakdown?dimension=run", "/total_cost", "/requests"))
                .hasSize(1004)
                .startsWith("run-a 7.5", "null 4", "run-7 1.25")
                .doesNotHaveDuplicates();
        assertThat(pages("/costs/breakdown?dimension=run&metric=requests", "/total_cost", "/requests"))
                .hasSize(1004)
                .startsWith("run-a 7.5", "run-7 1.25");
        assertThat(pages("/costs/analysis?group_by=run", "/total/total_cost", "/total/requests"))
                .hasSize(1004)
                .startsWith("run-a 7.5", "null 4", "run-7 1.25")
                .doesNotHaveDuplicates();
        assertThat(pages("/costs/analysis?group_by=run&sort=change", "/total/total_cost", "/total/requests"))
                .hasSize(1004)
                .endsWith("run-7 1.25", "null 4", "run-a 7.5")
                .doesNotHaveDuplicates();
    }

    @Test
    void aDayWithTooManyTags_isAnsweredFromItsCalls() throws SQLException {
        record(tagged(1, "\"team\": \"red\""));
        record(tagged(2, "\"team\": \"red\"") + "," + tagged(2, "\"team\": \"blue\"") + "," + tagged(2, ""));
        for (int some = 0; some < 4; some++) {
            int first = some * 30;
            record(tagged(
                    2,
                    IntStream.range(first, first + 30)
                            .mapToObj(i -> "\"t%d\": \"x\"".formatted(i))
                            .collect(Collectors.joining(","))));
        }

        var answer = breakdown("tag.team");
        assertThat(answer.get("total_cost").asText()).isEqualTo("8");
        assertThat(answer.at("/items/0/key").isNull()).isTrue();
        assertThat(answer.at("/items/0/total_cost").asText()).isEqualTo("5");
        assertThat(answer.at("/items/1/key").asText()).isEqualTo("red");
        assertThat(answer.at("/items/1/total_cost").asText()).isEqualTo("2");
        assertThat(breakdown("tag.t7").at("/items/1/total_cost").asText()).isEqualTo("1");
        assertThat(kept("tag.team")).isEqualTo(1);
        assertThat(kept("tag.t7")).isZero();
    }

    @Test
    void whereEveryCallHasATag_thereIsNoRowOfOthers() {
        record(tagged(1, "\"team\": \"red\""));

        assertThat(breakdown("tag.team").get("items")).hasSize(1);
        assertThat(breakdown("run").at("/items/0/key").isNull()).isTrue();
    }

    /** Of all pages, keys and costs; on each of them stand the totals of all. */
    private List<String> pages(String path, String cost, String requests) {
        var items = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var page = api.get(path + "&start_date=2025-03-01&end_date=2025-03-05&limit=300" + cursor);
            assertThat(page.at(cost).asText()).isEqualTo("1013.75");
            assertThat(page.at(requests).asLong()).isEqualTo(1010);
            page.get("items")
                    .forEach(item -> items.add(item.get("key").asText() + " "
                            + item.get("total_cost").asText()));
            cursor = page.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.get("next_cursor").asText();
        }
        return items;
    }

    private JsonNode breakdown(String dimension) {
        return api.get("/costs/breakdown?dimension=" + dimension + PERIOD);
    }

    private void record(String calls) {
        api.record("[" + calls + "]");
    }

    private static String call(int day, String run, String cost) {
        return """
                {"timestamp": "2025-03-0%dT10:00:00Z", "provider": "acme", "model": "m", "run": %s, "reported_cost": "%s"}
                """.formatted(day, run.isEmpty() ? "null" : '"' + run + '"', cost);
    }

    private static String tagged(int day, String tags) {
        return """
                {"timestamp": "2025-03-0%dT10:00:00Z", "provider": "acme", "model": "m", "reported_cost": "1", "tags": {%s}}
                """.formatted(day, tags);
    }

    /** How many sums of a dimension there are. */
    private long kept(String dimension) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement(
                        "SELECT count(*) FROM ingest.value_day WHERE organization = ? AND dimension = ?")) {
            statement.setString(1, organization);
            statement.setString(2, dimension);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }
}
