package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What services record on behalf of a caller at the door is told by the door: who, what, when, and from where. */
@ExtendWith(DemoInstance.class)
class AuditIT {
    private static final String AGENT = "audit-test/1.0";

    @Test
    void aBudgetsStoryIsToldFromItsFirstDayToItsLast_alsoWhenItIsGone(Instance centime) {
        var api = centime.api();
        var budget = "/api/v1/budgets";
        var created = send(
                api,
                "POST",
                budget,
                "{\"name\": \"Audited\", \"total_limit\": 5, \"budget_type\": \"daily\","
                        + " \"scope\": {\"user\": \"audited-person\", \"project\": \"audited\"}}",
                Map.of("X-Request-Id", "audit-request-1", "X-Forwarded-For", "203.0.113.99"));
        var id = created.get("id").asText();
        send(api, "PATCH", budget + "/" + id, "{\"total_limit\": \"7.5\"}", Map.of("If-Match", "\"1\""));
        send(
                api,
                "POST",
                budget + "/" + id + "/override",
                "{\"reason\": \"the launch\", \"until\": \""
                        + java.time.Instant.now().plusSeconds(600) + "\"}",
                Map.of());
        send(api, "DELETE", budget + "/" + id, "", Map.of());

        var story = api.get("/api/v1/audit?entity=budget/" + id).get("items");

        assertThat(story)
                .extracting(entry -> entry.get("type").asText())
                .containsExactly("budget-deleted", "limit-lifted", "budget-set", "budget-set");
        assertThat(story).allSatisfy(entry -> {
            assertThat(entry.at("/actor/id").asText()).isEqualTo("platform-admin");
            assertThat(entry.at("/actor/name").asText()).isEqualTo("Platform admin");
            assertThat(entry.at("/from/address").asText()).isEqualTo("127.0.0.1");
            assertThat(entry.at("/from/user_agent").asText()).isEqualTo(AGENT);
            assertThat(entry.get("at").asText()).isNotEmpty();
        });
        assertThat(change(story.get(1), "reason").get("after").asText()).isEqualTo("the launch");
        assertThat(change(story.get(2), "definition.total_limit").get("before").asText())
                .isEqualTo("5");
        assertThat(change(story.get(2), "definition.total_limit").get("after").asText())
                .isEqualTo("7.5");
        assertThat(story.get(2).get("changes"))
                .extracting(each -> each.get("field").asText())
                .containsExactly("definition.total_limit", "revision");
        assertThat(change(story.get(3), "definition.scope.user")
                        .get("after")
                        .get(0)
                        .asText())
                .isEqualTo("audited-person");
        assertThat(story.get(3).at("/from/request_id").asText()).isEqualTo("audit-request-1");
    }

    @Test
    void pricesAndLimitsOfPersonsAreToldToo(Instance centime) {
        var api = centime.api();
        send(
                api,
                "POST",
                "/api/v1/pricing/models",
                "{\"provider\": \"audited\", \"model_name\": \"m-1\", \"input_price\": \"1\", \"output_price\": \"2\"}",
                Map.of("X-Organization", "default"));
        send(
                api,
                "PATCH",
                "/api/v1/analytics/limits",
                "{\"user\": \"audited-person\", \"daily_limit\": \"3\"}",
                Map.of());

        var price =
                api.get("/api/v1/audit?entity=price/audited/m-1").get("items").get(0);
        assertThat(price.get("type").asText()).isEqualTo("price-set");
        assertThat(price.at("/from/user_agent").asText()).isEqualTo(AGENT);
        var limits = api.get("/api/v1/audit?entity=user-limits/audited-person")
                .get("items")
                .get(0);
        assertThat(limits.get("entity").asText()).isEqualTo("user-limits/audited-person");
        assertThat(change(limits, "limits.daily").get("after").asText()).isEqualTo("3");

        send(
                api,
                "PATCH",
                "/api/v1/alerts/settings?user=audited-person",
                "{\"minimum_severity\": \"critical\"}",
                Map.of("If-Match", "\"0\""));
        var preferences = api.get("/api/v1/audit?entity=notification-preferences/audited-person")
                .get("items")
                .get(0);
        assertThat(preferences.get("entity").asText()).isEqualTo("notification-preferences/audited-person");
        assertThat(change(preferences, "subject").get("after").asText()).isEqualTo("audited-person");
        assertThat(preferences.at("/from/user_agent").asText()).isEqualTo(AGENT);
    }

    private static JsonNode change(JsonNode entry, String field) {
        return StreamSupport.stream(entry.get("changes").spliterator(), false)
                .filter(change -> change.get("field").asText().equals(field))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + field + " in " + entry));
    }

    private static JsonNode send(Api api, String method, String path, String body, Map<String, String> headers) {
        var all = new java.util.HashMap<>(headers);
        all.put("Content-Type", "application/json");
        all.put("User-Agent", AGENT);
        var answer = api.send(method, path, body.getBytes(StandardCharsets.UTF_8), all);
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.body().isEmpty() ? null : answer.json();
    }
}
