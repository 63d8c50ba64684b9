package dev.centime.cli.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.ask.Gateway;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What every instance is asked first, asked of one that is there to learn: some usage, a budget, and the questions of a page. */
final class Rehearsal {
    private static final int DAYS = 40;
    private static final int ROUNDS = 3;
    private static final List<String> QUESTIONS = List.of(
            "/me",
            "/dashboard/overview",
            "/costs/breakdown?dimension=project",
            "/costs/history?days=30",
            "/budgets",
            "/recommendations");

    private final Gateway gateway;

    Rehearsal(Gateway gateway) {
        this.gateway = gateway;
    }

    void play() {
        var position = "";
        for (var round = 0; round < ROUNDS; round++) {
            position = gateway.send(
                            "POST",
                            "/usage",
                            BodyPublishers.ofString(usage(round).toString()),
                            Map.of())
                    .header("Centime-Position");
        }
        gateway.post("/budgets", budget());
        var waiting = Map.of("Centime-At-Least", position);
        for (var round = 0; round < ROUNDS; round++) {
            for (var question : QUESTIONS) {
                gateway.send("GET", question, BodyPublishers.noBody(), waiting);
            }
        }
    }

    private static JsonNode usage(int round) {
        var records = JsonNodeFactory.instance.arrayNode();
        for (var day = 0; day < DAYS; day++) {
            records.addObject()
                    .put("id", "rehearsal-" + round + "-" + day)
                    .put("timestamp", Instant.now().minus(Duration.ofDays(day)).toString())
                    .put("provider", "openai")
                    .put("model", "gpt-4.1")
                    .put("project", "rehearsal")
                    .put("user", "somebody")
                    .put("input_tokens", 1_000 + day)
                    .put("output_tokens", 100 + round);
        }
        return records;
    }

    private static JsonNode budget() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", "rehearsal")
                .put("budget_type", "monthly")
                .put("total_limit", "1000");
    }
}
