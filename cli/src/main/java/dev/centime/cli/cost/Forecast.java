package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.terminal.Dollars;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forecast",
        header = "What the next days will cost, with a range.",
        footer = {
            "",
            "Examples:",
            "  centime cost forecast",
            "  centime cost forecast --days 30 --budget 500",
            "  centime cost forecast --project code-review"
        })
final class Forecast implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "7",
            description = "How far to look ahead (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--budget",
            paramLabel = "USD",
            description = "Set this month's spend and the forecast against a limit.")
    private @Nullable BigDecimal budget;

    @Override
    public Integer call() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("horizon_days", days).put("include_confidence", true);
        if (budget != null) {
            body.put("budget", budget.toPlainString());
        }
        if (!filters.named().isEmpty()) {
            body.set("scope", Scopes.of(filters.named()));
        }
        var answer = at.gateway().post("/costs/forecast", body);
        output.write(new Shown(answer, "Cost Forecast (Next " + days + " Days)" + filters.words(), days));
        return 0;
    }

    private record Shown(JsonNode json, String title, int days) implements Report {
        @Override
        public String text(Terminal terminal) {
            var totals = json.path("totals");
            var table = Table.of("Period", ">Low Est.", ">Expected", ">High Est.");
            row(table, "Tomorrow", totals.path("tomorrow"), days >= 1);
            row(table, "Next 3 days", totals.path("next_3_days"), days >= 3);
            row(table, "Next 7 days", totals.path("next_7_days"), days >= 7);
            row(table, "Next " + days + " days", totals.path("horizon"), days != 1 && days != 3 && days != 7);
            return Heading.title(title, terminal)
                    + "Based on " + json.path("historical_days_used").asText("?") + " days of activity, by "
                    + json.path("method").asText("?") + ":\n\n"
                    + table.draw(terminal)
                    + impact(json.path("budget_impact"), terminal);
        }

        private static void row(Table table, String period, JsonNode range, boolean shown) {
            if (shown && !Amounts.isAbsent(range)) {
                table.row(
                        period,
                        Amounts.money(range.path("lower")),
                        Amounts.money(range.path("expected")),
                        Amounts.money(range.path("upper")));
            }
        }

        private static String impact(JsonNode impact, Terminal terminal) {
            if (Amounts.isAbsent(impact) || impact.isEmpty()) {
                return "";
            }
            var over = Amounts.exact(impact.path("over_by"));
            var status = over.signum() > 0
                    ? terminal.yellow("⚠ May exceed budget by ~" + Dollars.of(over))
                    : terminal.green("✓ Within budget");
            return "\n" + Heading.section("Budget Impact", terminal)
                    + "Budget:             " + Amounts.money(impact.path("limit")) + "\n"
                    + "Spent:              " + Amounts.money(impact.path("spent")) + "\n"
                    + "Forecast Remaining: " + Amounts.money(impact.path("forecast_remaining")) + "\n"
                    + "Status:             " + status + "\n";
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(List.of("date", "lower", "expected", "upper"), json.path("points"));
        }
    }
}
