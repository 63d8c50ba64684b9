package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The one document against the system that runs. */
@ExtendWith(DemoInstance.class)
class OpenApiIT {
    private static final List<String> FOUNDATION = List.of(
            "/api/v1/usage",
            "/api/v1/costs/breakdown",
            "/api/v1/costs/summary",
            "/api/v1/costs/history",
            "/api/v1/costs/efficiency",
            "/api/v1/budgets",
            "/api/v1/budgets/{id}",
            "/api/v1/budgets/{id}/status",
            "/api/v1/alerts",
            "/api/v1/costs/forecast",
            "/api/v1/costs/burn-rate",
            "/api/v1/recommendations",
            "/api/v1/dashboard/overview",
            "/api/v1/live",
            "/api/v1/auth/login",
            "/api/v1/admin/api-keys");

    @Test
    void namesEveryEndpointOfTheContract(Instance centime) {
        var paths = document(centime).path("paths");

        assertThat(paths.fieldNames()).toIterable().containsAll(FOUNDATION);
    }

    @Test
    void everyGetItNamesIsAnswered_andAsItSays(Instance centime) {
        var document = document(centime);
        // One of the calls says whether all are up, which a service is not for as long as it stands still.
        await().atMost(Duration.ofMinutes(3)).until(() -> health(centime).status() == 200);
        var asked = new ArrayList<String>();
        document.path("paths").properties().forEach(path -> {
            var get = path.getValue().path("get");
            // A stream never ends; it is listened to in LiveIT.
            if (!get.isMissingNode()
                    && !path.getKey().endsWith("/live")
                    && !path.getKey().contains("{")) {
                asked.add(ask(centime, path.getKey(), get));
            }
        });
        assertThat(asked).hasSizeGreaterThan(10);
        System.out.println("OpenAPI: asked " + asked);
    }

    @Test
    void refersToNothingThatIsNotInIt(Instance centime) {
        var document = document(centime);

        assertThat(document.path("openapi").asText()).startsWith("3.");
        for (var reference : document.findValuesAsText("$ref")) {
            assertThat(reference).startsWith("#/");
            assertThat(document.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    private static String ask(Instance centime, String path, JsonNode get) {
        var query = path.endsWith("/breakdown") ? "?dimension=model" : "";
        var answer = centime.api().send("GET", path + query, new byte[0], Map.of());
        assertThat(answer.status())
                .as(path + ": " + answer.body())
                .isLessThan(500)
                .isNotEqualTo(404)
                .isNotEqualTo(405);
        assertThat(get.path("responses").fieldNames()).toIterable().as(path).contains(String.valueOf(answer.status()));
        return path + " " + answer.status();
    }

    private static Api.Answer health(Instance centime) {
        return centime.api().send("GET", "/health", new byte[0], Map.of());
    }

    private static JsonNode document(Instance centime) {
        // The document is open to all.
        return new Api(centime.api().address(), "none")
                .send("GET", "/openapi.json", new byte[0], Map.of())
                .ok();
    }
}
