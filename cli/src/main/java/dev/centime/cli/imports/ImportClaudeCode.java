package dev.centime.cli.imports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "claude-code",
        header = "Records what Claude Code did on this machine since the last time.",
        description = {
            "Looks in CLAUDE_CONFIG_DIR (several with commas between), else in ~/.config/claude and ~/.claude, below projects.",
            "Only logs that changed are sent. What was said to the model does not leave the memory of Centime."
        })
final class ImportClaudeCode implements Callable<Integer> {
    @Mixin
    private LocalLogs logs;

    @Override
    public Integer call() {
        return logs.send(
                "claude-code", roots(System.getenv("CLAUDE_CONFIG_DIR"), Path.of(System.getProperty("user.home"))));
    }

    static List<Path> roots(@Nullable String configured, Path home) {
        var roots = new ArrayList<Path>();
        if (configured == null || configured.isBlank()) {
            roots.add(home.resolve(".config/claude/projects"));
            roots.add(home.resolve(".claude/projects"));
        } else {
            for (var folder : configured.split(",")) {
                var path = Path.of(folder.strip());
                roots.add(path.endsWith("projects") ? path : path.resolve("projects"));
            }
        }
        return roots;
    }
}
