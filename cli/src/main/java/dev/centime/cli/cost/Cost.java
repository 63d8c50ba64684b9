package dev.centime.cli.cost;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "cost",
        header = "What was spent, on what, what will be, and how much may be.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            History.class,
            Breakdown.class,
            PeriodReport.class,
            Estimate.class,
            Variance.class,
            Differences.class,
            Forecast.class,
            Budget.class,
            Alerts.class,
            Export.class
        })
public final class Cost implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
