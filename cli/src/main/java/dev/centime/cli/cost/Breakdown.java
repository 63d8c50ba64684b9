package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Dollars;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "breakdown",
        header = "What was spent, by provider, model, project or whatever else the calls say.",
        footer = {
            "",
            "Examples:",
            "  centime cost breakdown --by provider",
            "  centime cost breakdown --by user --project code-review --days 7",
            "  centime cost breakdown --by week --format json"
        })
final class Breakdown implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--by",
            required = true,
            paramLabel = "DIMENSION",
            description =
                    "provider, model, project, experiment, session, user, operation, run, tag.KEY, hour, day, week or month.")
    private String by;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "The last N days with today (default: ${DEFAULT-VALUE}).")
    private int days;

    @Override
    public Integer call() {
        var answer = Pages.whole(
                at.gateway(),
                "/costs/breakdown",
                () -> filters.in(new Query().with("dimension", by).with("days", days)));
        output.write(new Shown(
                answer, "Cost Breakdown by " + Words.capital(by) + " (Last " + days + " Days)" + filters.words(), by));
        return 0;
    }

    private record Shown(JsonNode json, String title, String by) implements Report {
        private static final List<String> COLUMNS = List.of(
                "key",
                "total_cost",
                "share",
                "requests",
                "units",
                "cost_per_unit",
                "input_tokens",
                "output_tokens",
                "cache_read_tokens",
                "cache_write_tokens",
                "cache_savings",
                "error_count");

        @Override
        public String text(Terminal terminal) {
            var table = Table.of(Words.capital(by), ">Cost", ">Share", ">Calls", ">Tokens", ">Units", ">$/Unit");
            for (var item : json.path("items")) {
                table.row(
                        Amounts.isAbsent(item.path("key"))
                                ? "(none)"
                                : item.path("key").asText(),
                        Amounts.money(item.path("total_cost")),
                        Amounts.percent(item.path("share")),
                        Amounts.count(item.path("requests")),
                        Amounts.count(item.path("total_tokens")),
                        Amounts.count(item.path("units")),
                        Amounts.money(item.path("cost_per_unit")));
            }
            var unpriced = json.path("unpriced_requests").asLong();
            return Heading.title(title, terminal)
                    + table.draw(terminal)
                    + "\nTotal: " + Dollars.of(Amounts.exact(json.path("total_cost"))) + " across "
                    + Amounts.count(json.path("requests")) + " calls\n"
                    + (unpriced == 0 ? "" : "%,d calls have no known price and are not in it.%n".formatted(unpriced));
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(COLUMNS, json.path("items"));
        }
    }
}
