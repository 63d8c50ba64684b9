package dev.centime.cli.imports;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "codex",
        header = "Records what Codex did on this machine since the last time.",
        description =
                "Looks in CODEX_HOME, else in ~/.codex, below sessions and archived_sessions. Only logs that changed are sent.")
final class ImportCodex implements Callable<Integer> {
    @Mixin
    private LocalLogs logs;

    @Override
    public Integer call() {
        return logs.send("codex", roots(System.getenv("CODEX_HOME"), Path.of(System.getProperty("user.home"))));
    }

    static List<Path> roots(@Nullable String configured, Path home) {
        var codex = configured == null || configured.isBlank() ? home.resolve(".codex") : Path.of(configured.strip());
        return List.of(codex.resolve("sessions"), codex.resolve("archived_sessions"));
    }
}
