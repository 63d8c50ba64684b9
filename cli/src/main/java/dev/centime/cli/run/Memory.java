package dev.centime.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process holds of the machine's memory. Known on Linux only; elsewhere the column stays empty. */
final class Memory {
    private Memory() {}

    static String resident(long pid) {
        if (pid == 0) {
            return "";
        }
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .filter(kilobytes -> !kilobytes.isEmpty())
                    .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB")
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
