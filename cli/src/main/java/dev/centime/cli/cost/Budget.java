package dev.centime.cli.cost;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "budget",
        header = "How much may be spent, and how much of it was.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {SetBudget.class, BudgetStatus.class, ClearBudget.class})
final class Budget implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
