package dev.centime.cli;

import dev.centime.cli.cost.Cost;
import dev.centime.cli.cost.Sessions;
import dev.centime.cli.imports.Import;
import dev.centime.cli.run.Archive;
import dev.centime.cli.run.Down;
import dev.centime.cli.run.Logs;
import dev.centime.cli.run.Status;
import dev.centime.cli.run.Train;
import dev.centime.cli.run.Up;
import dev.centime.cli.run.Version;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. Errors are one line on stderr; exit codes are 0, 1 (failed), 2 (misused), 3 (unreachable), 4 (not allowed). */
@Command(
        name = "centime",
        header = "What your LLM calls cost: recorded, budgeted, forecast.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            Up.class,
            Down.class,
            Status.class,
            Logs.class,
            Cost.class,
            Sessions.class,
            Import.class,
            Archive.class,
            Train.class,
            HelpCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  centime up --demo                  start on this machine, with real usage to look at",
            "  centime cost breakdown --by model  where the money goes",
            "  centime cost forecast --days 30    what the next month will cost",
            "",
            "The address and the key come from CENTIME_URL and CENTIME_API_KEY, else from the local instance.",
            "Exit codes: 0 done, 1 failed, 2 misused, 3 nobody answers, 4 not allowed."
        })
public final class Centime implements Runnable {
    @Spec
    private CommandSpec spec;

    private Centime() {}

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        var commandLine = new CommandLine(new Centime())
                .setUsageHelpWidth(Math.min(100, Terminal.stdout().columns()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> explain(problem, command.getErr()))
                .setParameterExceptionHandler((problem, args) -> misused(problem));
        commandLine.getSubcommands().values().forEach(Centime::withHelp);
        return commandLine;
    }

    /** Every command answers to --help without declaring it. */
    private static void withHelp(CommandLine command) {
        if (!command.getCommandSpec().mixinStandardHelpOptions()
                && !command.getCommandName().equals("help")) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
        }
        command.getSubcommands().values().forEach(Centime::withHelp);
    }

    private static int explain(Exception problem, PrintWriter err) {
        if (problem instanceof Failure failure) {
            err.println("centime: " + Clean.line(String.valueOf(failure.getMessage())));
            return failure.exitCode();
        }
        err.println("centime: " + Clean.line(String.valueOf(problem))
                + " — this is a defect of Centime; please report it.");
        if (System.getenv("CENTIME_DEBUG") != null) {
            problem.printStackTrace(err);
        }
        return Failure.FAILED;
    }

    private static int misused(CommandLine.ParameterException problem) {
        var command = problem.getCommandLine();
        var err = command.getErr();
        err.println("centime: " + Clean.line(String.valueOf(problem.getMessage())));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(problem, err)) {
            err.println(
                    "Try `" + String.join(" ", List.of(command.getCommandSpec().qualifiedName(" "), "--help")) + "`.");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }
}
