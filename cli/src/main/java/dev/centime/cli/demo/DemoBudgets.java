package dev.centime.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.ask.Query;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;

/** Two budgets near their limits, whatever day of the month it is: the limits follow from what was spent. */
final class DemoBudgets {
    private static final BigDecimal WARNING = new BigDecimal("0.86");
    private static final BigDecimal CRITICAL = new BigDecimal("0.97");

    private final PatientGateway gateway;
    private final String position;

    /**
     * @param position of the last usage that must be counted
     */
    DemoBudgets(PatientGateway gateway, String position) {
        this.gateway = gateway;
        this.position = position;
    }

    void createMissing() {
        var query = new Query().with("limit", 1000);
        var existing = gateway.send("GET", "/budgets" + query, BodyPublishers.noBody(), Map.of())
                .body()
                .path("items");
        create(existing, "Engineering, monthly", "month", "monthly", null, WARNING);
        create(existing, "Code review, weekly", "week", "weekly", "code-review", CRITICAL);
    }

    private void create(
            JsonNode existing,
            String name,
            String period,
            String type,
            @org.jspecify.annotations.Nullable String project,
            BigDecimal share) {
        for (var budget : existing) {
            if (budget.path("name").asText().equals(name)) {
                return;
            }
        }
        var query =
                new Query().with("period", period).with("dimension", "model").with("project", project);
        var waiting = position.isEmpty() ? Map.<String, String>of() : Map.of("Centime-At-Least", position);
        var spent = gateway.send("GET", "/costs/breakdown" + query, BodyPublishers.noBody(), waiting)
                .body()
                .path("total_cost")
                .asText("0");
        var body = JsonNodeFactory.instance.objectNode();
        body.put("name", name).put("budget_type", type);
        body.put("total_limit", limit(new BigDecimal(spent), share).toPlainString());
        if (project != null) {
            body.putObject("scope").put("project", project);
        }
        // One key for all tries: it is there once, whichever of them was lost.
        var once = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        gateway.send("POST", "/budgets", BodyPublishers.ofString(body.toString()), once);
    }

    /** Nobody has spent anything on the first morning of a period; a limit must still be above zero. */
    private static BigDecimal limit(BigDecimal spent, BigDecimal share) {
        return spent.divide(share, 2, RoundingMode.UP).max(BigDecimal.ONE);
    }
}
