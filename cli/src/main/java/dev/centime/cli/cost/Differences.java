package dev.centime.cli.cost;

import dev.centime.cli.ask.GatewayOption;
import dev.centime.cli.ask.Query;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "differences",
        header = "Costs as vendors and tools report them, beside what Centime calculates.",
        footer = {
            "",
            "Examples:",
            "  centime cost differences",
            "  centime cost differences --by source --days 90",
            "  centime cost differences --by call --model gpt-4o"
        })
final class Differences implements Callable<Integer> {
    @Mixin
    private GatewayOption at;

    @Mixin
    private Filters filters;

    @Mixin
    private Output output;

    @Option(
            names = "--by",
            paramLabel = "DIMENSION",
            defaultValue = "model",
            description =
                    "model (default), provider, source, any dimension of a breakdown, or call for the single calls that"
                            + " differ most.")
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
                "/costs/differences",
                () -> filters.in(new Query().with("dimension", by).with("days", days)));
        output.write(new Comparison(
                answer,
                "Reported against Calculated Costs by " + Words.capital(by) + " (Last " + days + " Days)"
                        + filters.words(),
                by,
                List.of("reported_cost", "calculated_cost", "difference", "difference_percent"),
                List.of("Reported", "Calculated", "Difference"),
                "without_report"));
        return 0;
    }
}
