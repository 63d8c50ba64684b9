package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Dollars;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "report",
        header = "What a period cost, by team, project or whatever else, beside the period before.",
        footer = {
            "",
            "Examples:",
            "  centime cost report --by project --period last_month",
            "  centime cost report --by tag.team --days 7 --format csv --output chargeback.csv"
        })
final class PeriodReport implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--by",
            defaultValue = "model",
            paramLabel = "DIMENSION",
            description =
                    "provider, model, project, experiment, session, user, operation, run or tag.KEY (default: ${DEFAULT-VALUE}).")
    private String by;

    @Option(names = "--days", paramLabel = "N", description = "The last N days with today (default: 30).")
    private @Nullable Integer days;

    @Option(
            names = "--period",
            paramLabel = "NAME",
            description = "Instead of --days: today, yesterday, week, month, quarter, year, last_week, last_month, …")
    private @Nullable String period;

    @Override
    public Integer call() {
        var answer = Pages.whole(
                at.gateway(),
                "/costs/analysis",
                () -> filters.in(
                        new Query().with("group_by", by).with("days", days).with("period", period)));
        output.write(new Shown(answer, by, filters.words()));
        return 0;
    }

    private record Shown(JsonNode json, String by, String filters) implements Report {
        private static final List<String> COLUMNS = List.of(
                "key",
                "total_cost",
                "share",
                "previous_total_cost",
                "change",
                "change_percent",
                "requests",
                "previous_requests",
                "total_tokens",
                "units",
                "cost_per_unit",
                "error_count",
                "compared_total_cost");

        @Override
        public String text(Terminal terminal) {
            var period = json.path("period");
            var text = new StringBuilder(Heading.title(
                    "Cost Report by " + Words.capital(by) + " ("
                            + period.path("start").asText() + " to "
                            + period.path("end").asText() + ")" + filters,
                    terminal));
            text.append(table().draw(terminal)).append('\n');
            total(text, terminal);
            drivers(text, terminal);
            return text.toString();
        }

        private Table table() {
            var table = Table.of(Words.capital(by), ">Cost", ">Share", ">Before", ">Change", ">Calls", ">$/Unit");
            for (var item : json.path("items")) {
                table.row(
                        Amounts.isAbsent(item.path("key"))
                                ? "(none)"
                                : item.path("key").asText(),
                        Amounts.money(item.path("total_cost")),
                        Amounts.percent(item.path("share")),
                        Amounts.money(item.path("previous_total_cost")),
                        Amounts.signedPercent(item.path("change_percent")),
                        Amounts.count(item.path("requests")),
                        Amounts.money(item.path("cost_per_unit")));
            }
            return table;
        }

        private void total(StringBuilder text, Terminal terminal) {
            var total = json.path("total");
            text.append(Heading.section("Total", terminal));
            line(text, "Total Spent:", Amounts.money(total.path("total_cost")));
            line(
                    text,
                    isPart() ? "Before, so far:" : "Before:",
                    Amounts.money(total.path("previous_total_cost")) + " ("
                            + Amounts.signedPercent(total.path("change_percent")) + ")");
            line(text, "Daily Average:", Amounts.money(total.path("daily_average")));
            line(text, "Calls:", Amounts.count(total.path("requests")));
            line(text, "Cost/Call:", Amounts.money(total.path("cost_per_request")));
            line(text, "Cost/Unit:", Amounts.money(total.path("cost_per_unit")));
            var unpriced = total.path("unpriced_requests").asLong();
            if (unpriced > 0) {
                text.append("%,d calls have no known price and are not in it.%n".formatted(unpriced));
            }
        }

        /** Whether the period is not over, so that only as much of the one before is set beside it. */
        private boolean isPart() {
            var before = json.path("previous_period");
            if (Amounts.isAbsent(json.path("previous_until"))) {
                return false;
            }
            var end = LocalDate.parse(before.path("end").asText())
                    .plusDays(1)
                    .atStartOfDay(ZoneId.of(before.path("time_zone").asText()))
                    .toInstant();
            return Instant.parse(json.path("previous_until").asText()).isBefore(end);
        }

        private void drivers(StringBuilder text, Terminal terminal) {
            if (json.path("top_drivers").isEmpty()) {
                return;
            }
            text.append('\n').append(Heading.section("What Moved It", terminal));
            for (var driver : json.path("top_drivers")) {
                var change = Amounts.exact(driver.path("change"));
                line(
                        text,
                        (change.signum() > 0 ? "+" : "") + Dollars.of(change),
                        driver.path("dimension").asText() + " "
                                + Clean.line(driver.path("key").asText()));
            }
        }

        private static void line(StringBuilder text, String name, String value) {
            text.append("%-16s%s%n".formatted(name, value));
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(COLUMNS, json.path("items"));
        }
    }
}
