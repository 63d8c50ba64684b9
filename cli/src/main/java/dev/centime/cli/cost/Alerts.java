package dev.centime.cli.cost;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "alerts",
        header = "What needs a person's eye, and who is told of it.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EnableAlerts.class, DisableAlerts.class, ListAlerts.class},
        footer = {
            "",
            "An alert is raised when spend reaches a threshold of a budget (80, 95 and 100 % unless it says otherwise), and by",
            "whatever else needs a person's eye. It stays on record either way; enable and disable say whether messages go out.",
            "",
            "Examples:",
            "  centime cost alerts enable --email finance@example.com",
            "  centime cost alerts list --open"
        })
final class Alerts implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
