package dev.centime.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Heading;
import dev.centime.cli.terminal.Table;
import dev.centime.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code centime sessions}. */
@Command(
        name = "sessions",
        header = "Sessions with what their calls add up to.",
        footer = {
            "",
            "Examples:",
            "  centime sessions",
            "  centime sessions --sort cost --days 7",
            "  centime sessions --min-cost 1 --model claude-opus-4-5 --format csv"
        })
public final class Sessions implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--sort",
            paramLabel = "recent|cost|tokens|messages",
            defaultValue = "recent",
            description = "The latest or the most first (default: ${DEFAULT-VALUE}); + before it turns it round.")
    private String sort;

    @Option(names = "--min-cost", paramLabel = "USD", description = "Only sessions that cost at least that.")
    private @Nullable String minCost;

    @Option(names = "--max-cost", paramLabel = "USD", description = "Only sessions that cost at most that.")
    private @Nullable String maxCost;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "With a call in the last N days with today (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, up to 1000 (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        var query = filters.in(new Query())
                .with("days", days)
                .with("sort", sort.startsWith("+") ? sort.substring(1) : "-" + sort)
                .with("min_cost", minCost)
                .with("max_cost", maxCost)
                .with("limit", limit);
        var answer = at.gateway().get("/sessions", query);
        output.write(new Shown(answer, "Sessions (Last " + days + " Days)" + filters.words()));
        return 0;
    }

    private record Shown(JsonNode json, String title) implements Report {
        private static final List<String> COLUMNS = List.of(
                "session",
                "first_call_at",
                "last_call_at",
                "requests",
                "error_count",
                "total_tokens",
                "total_cost",
                "cache_savings",
                "cost_class",
                "unpriced_requests");

        @Override
        public String text(Terminal terminal) {
            var table = Table.of("Session", "Last call", ">Messages", ">Tokens", ">Cost", ">Saved by cache", "Models");
            for (var item : json.path("items")) {
                table.row(
                        Amounts.isAbsent(item.path("session"))
                                ? "(all)"
                                : item.path("session").asText(),
                        Amounts.isAbsent(item.path("last_call_at"))
                                ? ""
                                : item.path("last_call_at").asText(),
                        Amounts.count(item.path("requests")),
                        Amounts.count(item.path("total_tokens")),
                        Amounts.money(item.path("total_cost")),
                        Amounts.money(item.path("cache_savings")),
                        models(item));
            }
            var more =
                    Amounts.isAbsent(json.path("next_cursor")) ? "" : "\nThere are more; --limit shows up to 1000.\n";
            return Heading.title(title, terminal) + table.draw(terminal) + more;
        }

        private static String models(JsonNode item) {
            return StreamSupport.stream(item.path("models").spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }

        @Override
        public List<List<String>> rows() {
            return Report.rows(COLUMNS, json.path("items"));
        }
    }
}
