package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        header = "The alerts that were raised, newest first.",
        footer = {
            "",
            "Examples:",
            "  centime cost alerts list",
            "  centime cost alerts list --open --severity critical",
            "  centime cost alerts list --output alerts.csv"
        })
final class ListAlerts implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Output output;

    @Option(names = "--open", description = "Only those that nobody has acknowledged.")
    private boolean open;

    @Option(
            names = "--severity",
            paramLabel = "info|warning|critical",
            description = "Only those that are as bad as this.")
    private @Nullable String severity;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many, 1000 at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        var query =
                new Query().with("limit", limit).with("severity", severity).with("acknowledged", open ? "false" : null);
        output.write(new Shown(at.gateway().get("/alerts", query)));
        return 0;
    }

    private record Shown(JsonNode json) implements Report {
        private static final List<String> COLUMNS = List.of(
                "raised_at",
                "severity",
                "kind",
                "title",
                "message",
                "user",
                "acknowledged_at",
                "acknowledged_by",
                "id");

        @Override
        public String text(Terminal terminal) {
            var items = json.path("items");
            if (items.isEmpty()) {
                return "No alert was raised.\n";
            }
            var text = new StringBuilder(Heading.title("Alerts", terminal));
            items.forEach(alert -> text.append(one(alert, terminal)));
            return text + (Amounts.isAbsent(json.path("next_cursor")) ? "" : "There are older ones: see --limit.\n");
        }

        /** Not in a table: what an alert says is longer than a column. */
        private static String one(JsonNode alert, Terminal terminal) {
            var severity = alert.path("severity").asText();
            var title = Clean.line(alert.path("title").asText());
            var text = new StringBuilder()
                    .append(Clean.line(toTheMinute(alert.path("raised_at").asText())))
                    .append("  ")
                    .append(
                            switch (severity) {
                                case "critical" -> terminal.red("⚠ " + title);
                                case "warning" -> terminal.yellow("⚠ " + title);
                                default -> title;
                            })
                    .append(Amounts.isAbsent(alert.path("acknowledged_at")) ? "" : "  (seen to)")
                    .append('\n');
            alert.path("message").asText().lines().forEach(line -> text.append("   ")
                    .append(Clean.line(line))
                    .append('\n'));
            return text.append('\n').toString();
        }

        private static String toTheMinute(String instant) {
            return instant.replaceFirst(":\\d\\d(\\.\\d+)?Z$", "Z");
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(COLUMNS, json.path("items"));
        }
    }
}
