package dev.centime.cli.imports;

import dev.centime.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        header = "Records calls from files: tables, exports, reports, session logs. Twice the same is counted once.",
        description = {
            "A file is recognized by its content. A folder is sent whole, as one import; what is not known in it is named in the"
                    + " report.",
            "Known are CSV, JSONL, COST-TRACKING-*.yaml, logs of Claude Code and Codex, LiteLLM's spend logs, usage and cost"
                    + " reports of OpenAI and Anthropic, and zip or gzip of these."
        },
        subcommands = {ImportClaudeCode.class, ImportCodex.class},
        footer = {
            "",
            "Examples:",
            "  centime import usage.csv --dry-run",
            "  centime import export.csv --mapping Modell=model --mapping Menge=input_tokens",
            "  centime import ~/cost-tracking",
            "  centime import claude-code"
        })
public final class Import implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Sending sending;

    @Parameters(paramLabel = "FILE|DIR", arity = "0..*", description = "What to import.")
    private List<Path> paths = List.of();

    @Override
    public Integer call() {
        if (paths.isEmpty()) {
            spec.commandLine().usage(System.out);
            return 2;
        }
        for (var path : paths) {
            if (!Files.isReadable(path)) {
                throw new Failure(path + " cannot be read.", 2);
            }
        }
        var failed = 0;
        for (var path : paths) {
            failed = Math.max(failed, sending.send(sent(path)));
        }
        return failed;
    }

    private static Sent sent(Path path) {
        if (!Files.isDirectory(path)) {
            return Sent.file(path);
        }
        var files = new ArrayList<>(Folder.files(path, name -> true));
        if (files.isEmpty()) {
            throw new Failure("There are no files in " + path + ".");
        }
        return Sent.archive(path.toAbsolutePath().normalize().getFileName() + ".zip", path, files);
    }
}
