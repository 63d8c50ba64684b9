package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.LineChart;
import dev.centime.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "history",
        header = "What was spent, day by day.",
        footer = {
            "",
            "Examples:",
            "  centime cost history --days 90",
            "  centime cost history --provider anthropic --project code-review",
            "  centime cost history --format csv --output costs.csv"
        })
final class History implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "The last N days with today (default: ${DEFAULT-VALUE}).")
    private int days;

    @Override
    public Integer call() {
        var query = filters.in(new Query().with("days", days));
        var answer = at.gateway().get("/costs/history", query);
        output.write(new Shown(answer, "Cost History (Last " + days + " Days)" + filters.words()));
        return 0;
    }

    private record Shown(JsonNode json, String title) implements Report {
        @Override
        public String text(Terminal terminal) {
            var text = new StringBuilder(Heading.title(title, terminal));
            var points = json.path("points");
            if (!points.isEmpty()) {
                text.append(Heading.section("Daily Cost Trend", terminal))
                        .append(chart(points).draw(terminal))
                        .append('\n');
            }
            text.append(Heading.section("Summary", terminal));
            line(text, "Total Spent:", Amounts.money(json.path("total_cost")));
            line(text, "Daily Average:", Amounts.money(json.path("daily_average")));
            line(text, "Units:", Amounts.count(json.path("units")));
            var perUnit = json.path("cost_per_unit");
            line(text, "Cost/Unit:", Amounts.money(perUnit) + (Amounts.isAbsent(perUnit) ? "" : " avg"));
            return text.toString();
        }

        private static void line(StringBuilder text, String name, String value) {
            text.append("%-16s%s%n".formatted(name, value));
        }

        private static LineChart chart(JsonNode points) {
            var labels = new ArrayList<String>();
            var values = new double[points.size()];
            for (var index = 0; index < values.length; index++) {
                labels.add(points.get(index).path("date").asText());
                // A place on the screen, not money: eight rows tell no cents.
                values[index] =
                        Amounts.exact(points.get(index).path("total_cost")).doubleValue();
            }
            return new LineChart(labels, values);
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(List.of("date", "total_cost", "requests", "units"), json.path("points"));
        }
    }
}
