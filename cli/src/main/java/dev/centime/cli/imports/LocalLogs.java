package dev.centime.cli.imports;

import dev.centime.cli.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The session logs of an agent on this machine: those that changed since they were last imported. */
final class LocalLogs {
    @Mixin
    private Sending sending;

    @Option(names = "--all", description = "Send every log, also those that did not change.")
    private boolean all;

    int send(String agent, List<Path> roots) {
        var found = roots.stream().filter(Files::isDirectory).toList();
        if (found.isEmpty()) {
            throw new Failure("There are no logs of " + agent + " in "
                    + roots.stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
        }
        var memory = ImportedBefore.read(
                sending.directory().imports().resolve(agent + ".json"),
                sending.gateway().address());
        var failed = 0;
        for (var root : found) {
            failed = Math.max(failed, send(agent, root, memory));
        }
        return failed;
    }

    private int send(String agent, Path root, ImportedBefore memory) {
        var files = Folder.files(root, name -> name.endsWith(".jsonl")).stream()
                .filter(file -> all || !memory.has(file))
                .toList();
        if (files.isEmpty()) {
            System.out.println("Nothing new in " + root + ".");
            return 0;
        }
        // As they are before they are read: what is written meanwhile is new the next time.
        var marks = ImportedBefore.marks(files);
        var failed = sending.send(Sent.archive(agent + ".zip", root, files));
        if (failed == 0 && !sending.detached()) {
            memory.remember(marks);
        }
        return failed;
    }
}
