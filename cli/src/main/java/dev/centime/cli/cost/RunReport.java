package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Bar;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Dollars;
import dev.centime.cli.terminal.Terminal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run after it was made: against its estimate, among the runs of its experiment, and in the month's budget.
 *
 * @param json the answers it is drawn from: variance of the run, runs of the experiment, budget with status; null where there is none
 */
record RunReport(String run, JsonNode json) implements Report {
    private static final int BAR = 30;

    static RunReport of(Gateway gateway, String run, int days, JsonNode variance) {
        var all = JsonNodeFactory.instance.objectNode();
        all.set("variance", variance);
        experiment(gateway, run, days, all);
        budget(gateway, all);
        return new RunReport(run, all);
    }

    private static void experiment(Gateway gateway, String run, int days, ObjectNode all) {
        var query =
                new Query().with("dimension", "experiment").with("days", days).with("run", run);
        var name = gateway.get("/costs/breakdown", query).path("items").path(0).path("key");
        if (!Amounts.isAbsent(name)) {
            all.set("experiment", name);
            all.set("runs", Pages.whole(gateway, "/costs/breakdown", () -> new Query()
                    .with("dimension", "run")
                    .with("days", days)
                    .with("experiment", name.asText())));
        }
    }

    /** The month's budget that is for everything, if there is one. */
    private static void budget(Gateway gateway, ObjectNode all) {
        Pages.first(gateway, "/budgets", RunReport::isTheMonths).ifPresent(budget -> {
            all.set("budget", budget);
            all.set("budget_status", gateway.get("/budgets/" + budget.path("id").asText() + "/status", new Query()));
        });
    }

    private static boolean isTheMonths(JsonNode budget) {
        return budget.path("budget_type").asText().equals("monthly")
                && budget.path("scope").isEmpty();
    }

    @Override
    public String text(Terminal terminal) {
        var figures = json.path("variance").path("total");
        var percent = figures.path("variance_percent");
        var text = new StringBuilder(terminal.bold("Cost Report"))
                .append("\n\nThis Run (")
                .append(Clean.line(run));
        text.append("):\n  Estimated: ").append(Amounts.money(figures.path("estimated_cost")));
        text.append("\n  Actual:    ").append(Amounts.money(figures.path("actual_cost")));
        text.append(Amounts.isAbsent(percent) ? "" : " (" + Amounts.signedPercent(percent) + ")")
                .append('\n');
        left(text, figures.path("without_estimate"), "had no estimate");
        left(text, figures.path("unpriced_requests"), "have no known price");
        if (json.has("runs")) {
            experiment(text, json.path("runs"));
        }
        if (json.has("budget")) {
            budget(text, terminal);
        }
        return text.toString();
    }

    private static void left(StringBuilder text, JsonNode count, String why) {
        if (count.asLong() > 0) {
            text.append("  %,d calls %s and are not in it.%n".formatted(count.asLong(), why));
        }
    }

    /** A call without a run is of none: it counts for the total alone. */
    private static void experiment(StringBuilder text, JsonNode runs) {
        var total = Amounts.exact(runs.path("total_cost"));
        var named = 0;
        var ofRuns = BigDecimal.ZERO;
        for (var run : runs.path("items")) {
            if (!Amounts.isAbsent(run.path("key"))) {
                named++;
                ofRuns = ofRuns.add(Amounts.exact(run.path("total_cost")));
            }
        }
        text.append("\nExperiment Total (").append(named).append(named == 1 ? " run" : " runs");
        text.append("):\n  Total cost: ").append(Dollars.of(total));
        text.append("\n  Average per run: ")
                .append(Dollars.of(ofRuns.divide(BigDecimal.valueOf(Math.max(1, named)), 12, RoundingMode.HALF_EVEN)))
                .append('\n');
    }

    private void budget(StringBuilder text, Terminal terminal) {
        var status = json.path("budget_status");
        var limit = json.path("budget").path("total_limit");
        var used = Amounts.percent(status.path("utilization"));
        var bar = Bar.filled(
                Amounts.exact(status.path("current_spend")).doubleValue(),
                Amounts.exact(limit).doubleValue(),
                BAR);
        text.append("\nBudget Status (Monthly):\n  Used: ").append(Amounts.money(status.path("current_spend")));
        text.append(" / ")
                .append(Amounts.money(limit))
                .append(" (")
                .append(used)
                .append(')');
        text.append("\n  Remaining: ").append(Amounts.money(status.path("remaining")));
        text.append("\n\n  ")
                .append(terminal.cyan(bar))
                .append(' ')
                .append(used)
                .append('\n');
    }

    @Override
    public List<List<String>> rows() {
        var figures = json.path("variance").path("total");
        var names = List.of("estimated_cost", "actual_cost", "variance", "variance_percent", "status", "requests");
        var rows = new ArrayList<List<String>>();
        var heading = new ArrayList<String>(List.of("run"));
        heading.addAll(names);
        rows.add(heading);
        var row = new ArrayList<String>(List.of(run));
        names.forEach(name -> row.add(text(figures.path(name))));
        rows.add(row);
        return rows;
    }

    private static String text(@Nullable JsonNode node) {
        return node == null ? "" : Amounts.text(node);
    }
}
