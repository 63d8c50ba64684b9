package dev.centime.cli.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps a process out of the terminal's process group: Ctrl-C is for the launcher, which stops the others in their order.
 * Where there is no {@code setsid} they get the signal too, and the launcher waits for them all the same.
 */
final class Detached {
    private static final boolean HAS_SETSID = Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .filter(entry -> !entry.isBlank())
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "setsid")));

    private Detached() {}

    static List<String> command(List<String> program) {
        var command = new ArrayList<String>();
        if (HAS_SETSID) {
            command.add("setsid");
        }
        command.addAll(program);
        return command;
    }
}
