package dev.centime.cli.cost;

import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "variance",
        header = "What calls were expected to cost, beside what they did cost.",
        footer = {
            "",
            "Examples:",
            "  centime cost variance                        by run",
            "  centime cost variance --by experiment --days 90",
            "  centime cost variance --run r-17             the report of one run",
            "  centime cost variance --by call --format csv the single calls that were farthest off"
        })
final class Variance implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--by",
            paramLabel = "DIMENSION",
            description = "run (default), experiment, any dimension of a breakdown, source, or call for single calls.")
    private @Nullable String by;

    @Option(
            names = "--days",
            paramLabel = "N",
            defaultValue = "30",
            description = "The last N days with today (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--tolerance",
            paramLabel = "PERCENT",
            defaultValue = "10",
            description = "How far from its estimate a cost is still within it (default: ${DEFAULT-VALUE}).")
    private int tolerance;

    @Override
    public Integer call() {
        var gateway = at.gateway();
        var dimension = by == null ? "run" : by;
        var answer = Pages.whole(
                gateway,
                "/costs/variance",
                () -> filters.in(new Query()
                        .with("dimension", dimension)
                        .with("days", days)
                        .with("tolerance_percent", tolerance)));
        var runs = filters.named().getOrDefault("run", List.of());
        output.write(
                by == null && runs.size() == 1
                        ? RunReport.of(gateway, runs.getFirst(), days, answer)
                        : new Comparison(
                                answer,
                                "Cost Variance by " + Words.capital(dimension) + " (Last " + days + " Days)"
                                        + filters.words(),
                                dimension,
                                List.of("estimated_cost", "actual_cost", "variance", "variance_percent"),
                                List.of("Estimated", "Actual", "Variance"),
                                "without_estimate"));
        return 0;
    }
}
