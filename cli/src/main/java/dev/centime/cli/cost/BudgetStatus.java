package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Bar;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "status", header = "Every budget: its limit, what was spent of it, and for how long it will last.")
final class BudgetStatus implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Output output;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "1000",
            description = "At most so many, in the order in which they were made (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        var found = Pages.upTo(Limits.positive(limit), at.gateway(), "/budgets", Query::new);
        var all = JsonNodeFactory.instance.arrayNode();
        for (var budget : found.path("items")) {
            var one = all.addObject();
            var status = ((ObjectNode) budget).remove("status");
            one.set("budget", budget);
            one.set("status", status);
        }
        output.write(new Shown(all));
        if (Pages.more(found)) {
            System.err.printf("These are the first %,d budgets, and there are more: see --limit.%n", all.size());
        }
        return 0;
    }

    private record Shown(JsonNode json) implements Report {
        private static final List<String> COLUMNS = List.of(
                "current_spend", "remaining", "utilization", "alert_level", "days_remaining", "exhaustion_at_rate");

        @Override
        public String text(Terminal terminal) {
            if (json.isEmpty()) {
                return "There are no budgets yet. Set one: centime cost budget set --monthly 500\n";
            }
            var text = new StringBuilder(Heading.title("Budget Status", terminal));
            var table = Table.of("Budget", "Period", ">Spent", ">Limit", ">Used", "Level", ">Days left");
            for (var one : json) {
                var budget = one.path("budget");
                var status = one.path("status");
                table.row(
                        budget.path("name").asText(),
                        budget.path("budget_type").asText(),
                        Amounts.money(status.path("current_spend")),
                        Amounts.money(budget.path("total_limit")),
                        Amounts.percent(status.path("utilization")),
                        status.path("alert_level").asText(),
                        Amounts.count(status.path("days_remaining")));
            }
            text.append(table.draw(terminal)).append('\n');
            json.forEach(one -> text.append(bar(one, terminal)));
            return text.toString();
        }

        private static String bar(JsonNode one, Terminal terminal) {
            var status = one.path("status");
            var budget = one.path("budget");
            var level = status.path("alert_level").asText();
            var bar = Bar.filled(
                    Amounts.exact(status.path("current_spend")).doubleValue(),
                    Amounts.exact(budget.path("total_limit")).doubleValue(),
                    20);
            var painted =
                    switch (level) {
                        case "none" -> terminal.green(bar);
                        case "warning" -> terminal.yellow(bar);
                        default -> terminal.red(bar);
                    };
            return painted + " " + Amounts.percent(status.path("utilization")) + "  "
                    + Clean.line(budget.path("name").asText()) + warning(level, status) + "\n";
        }

        private static final DateTimeFormatter MINUTE =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT);

        private static String warning(String level, JsonNode status) {
            var at = status.path("exhaustion_at_rate");
            if (level.equals("exceeded")) {
                return "  ⚠ the limit is exceeded";
            }
            return level.equals("none") || Amounts.isAbsent(at)
                    ? ""
                    : "  ⚠ at this rate exhausted " + minute(at.asText());
        }

        /** To the minute: an estimate has no seconds. */
        private static String minute(String instant) {
            try {
                return MINUTE.format(Instant.parse(instant).atOffset(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                return Clean.line(instant);
            }
        }

        @Override
        public List<List<String>> rows() {
            var rows = new ArrayList<List<String>>();
            var headings = new ArrayList<>(List.of("id", "name", "budget_type", "total_limit"));
            headings.addAll(COLUMNS);
            rows.add(headings);
            for (var one : json) {
                var row = new ArrayList<String>();
                headings.subList(0, 4)
                        .forEach(column ->
                                row.add(Amounts.text(one.path("budget").path(column))));
                COLUMNS.forEach(
                        column -> row.add(Amounts.text(one.path("status").path(column))));
                rows.add(row);
            }
            return rows;
        }
    }
}
