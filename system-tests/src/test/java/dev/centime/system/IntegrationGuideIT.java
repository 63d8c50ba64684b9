package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the guides, run as they stand there. */
@ExtendWith(DemoInstance.class)
class IntegrationGuideIT {
    private static final String PRICE_FILE =
            "https://raw.githubusercontent.com/BerriAI/litellm/main/model_prices_and_context_window.json";

    /** As an entry of the price file. */
    private static final String PRICES = """
            {"acme/from-a-file": {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06, "output_cost_per_token": 4e-06}}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"json", "opentelemetry", "litellm", "langfuse", "cloudevents"})
    void everyCommandRecordsWhatItSends(String page, Instance centime) throws IOException, InterruptedException {
        for (var command : DocumentedCommands.of("docs/integrations/" + page + ".md")) {
            DocumentedCommands.run(centime, folder, command);
        }
    }

    @Test
    void everyCommandAboutPricesDoesWhatItSays(Instance centime) throws IOException, InterruptedException {
        var files = priceFile();
        try {
            for (var command : DocumentedCommands.of("docs/pricing.md")) {
                var answer = DocumentedCommands.run(
                        centime,
                        folder,
                        command.replace(
                                        PRICE_FILE,
                                        "http://127.0.0.1:" + files.getAddress().getPort() + "/prices.json")
                                .replace("reprice/ID", "reprice/" + lastRun(centime)));
                if (command.contains(PRICE_FILE)) {
                    assertThat(answer).contains("from-a-file");
                }
            }
        } finally {
            files.stop(0);
        }
        var prices = centime.api().get("/api/v1/pricing/models?provider=acme&provider=openai&limit=1000");
        assertThat(prices.findValuesAsText("model_name"))
                .contains("thinker", "thinker-2")
                .doesNotContain("from-a-file");
        assertThat(prices.findValuesAsText("discount_percent")).contains("12.5");
        assertThat(centime.api()
                        .get("/api/v1/pricing/reprice/" + lastRun(centime))
                        .path("reason")
                        .asText())
                .isEqualTo("the contract was signed late");
    }

    @Test
    void everyCommandAboutEstimatesDoesWhatItSays(Instance centime) throws IOException, InterruptedException {
        for (var command : DocumentedCommands.of("docs/estimates.md")) {
            assertThat(DocumentedCommands.run(centime, folder, command)).isNotBlank();
        }
    }

    @Test
    void everyCommandAboutBudgetsDoesWhatItSays(Instance centime) throws IOException, InterruptedException {
        for (var command : DocumentedCommands.of("docs/budgets.md")) {
            var answer = DocumentedCommands.run(centime, folder, command);
            if (command.contains("/audit?entity=")) {
                assertThat(answer).contains("budget-set", "budget-deleted", "definition.total_limit", "curl/");
            }
        }
        await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> {
            var limits = centime.api()
                    .get("/api/v1/analytics/check-limit?project=guide-search")
                    .get("limits");
            assertThat(limits).anySatisfy(limit -> {
                assertThat(limit.get("name").asText()).isEqualTo("Search team");
                assertThat(limit.get("reserved").asText()).isEqualTo("0");
                assertThat(limit.get("spent").asText()).isEqualTo("0.0027");
            });
        });
    }

    @Test
    void everyCommandAboutExportsDoesWhatItSays(Instance centime) throws IOException, InterruptedException {
        for (var command : DocumentedCommands.of("docs/exports.md")) {
            DocumentedCommands.run(centime, folder, command);
        }
        for (var table : List.of("calls.csv", "costs.csv")) {
            assertThat(folder.resolve(table)).content().startsWith("id,timestamp,provider,model,");
        }
        assertThat(Files.readAllBytes(folder.resolve("focus.parquet"))).startsWith('P', 'A', 'R', '1');
        assertThat(folder.resolve("sessions.json")).content().contains("\"total_cost\":\"");
    }

    private static String lastRun(Instance centime) {
        return centime.api()
                .get("/api/v1/pricing/reprice?limit=1")
                .at("/items/0/id")
                .asText();
    }

    /** Stands in for the address of the guide, which no build may need. */
    private static HttpServer priceFile() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prices.json", exchange -> {
            var body = PRICES.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
