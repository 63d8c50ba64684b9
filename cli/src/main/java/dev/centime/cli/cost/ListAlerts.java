package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Terminal;
import java.util.ArrayList;
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
            names = "--kind",
            paramLabel = "KIND",
            description = "Only those of this kind, such as budget-threshold or waste.")
    private @Nullable String kind;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        output.write(new Shown(Pages.upTo(Limits.positive(limit), at.gateway(), "/alerts", () -> new Query()
                .with("severity", severity)
                .with("kind", kind)
                .with("acknowledged", open ? "false" : null))));
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
                "link",
                "id");

        @Override
        public String text(Terminal terminal) {
            var items = json.path("items");
            if (items.isEmpty()) {
                return "No alert was raised.\n";
            }
            var text = new StringBuilder(Heading.title("Alerts", terminal));
            items.forEach(alert -> text.append(one(alert, terminal)));
            return text + (!Pages.more(json) ? "" : "There are older ones: see --limit.\n");
        }

        /** Not in a table: what an alert says is longer than a column. */
        private static String one(JsonNode alert, Terminal terminal) {
            var ofBudget = alert.path("kind").asText().equals("budget-threshold");
            var title = Clean.line(alert.path("title").asText());
            var lines = new ArrayList<>(
                    alert.path("message").asText().lines().map(Clean::line).toList());
            // What is said of a budget begins with a line that says it all, figures included.
            var first = ofBudget && !lines.isEmpty() ? lines.removeFirst() : title;
            if (ofBudget) {
                lines.add("Run 'centime cost forecast' for details.");
            }
            if (!Amounts.isAbsent(alert.path("link"))) {
                lines.add("More: " + Clean.line(alert.path("link").asText()));
            }
            lines.add(terminal.faint(
                    Clean.line(toTheMinute(alert.path("raised_at").asText()))
                            + (ofBudget ? "  " + title : "")
                            + (Amounts.isAbsent(alert.path("acknowledged_at")) ? "" : "  (seen to)")));
            return painted(alert, first, terminal) + "\n   " + String.join("\n   ", lines) + "\n\n";
        }

        private static String painted(JsonNode alert, String text, Terminal terminal) {
            return switch (alert.path("severity").asText()) {
                case "critical" -> terminal.red("⚠ " + text);
                case "warning" -> terminal.yellow("⚠ " + text);
                default -> text;
            };
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
