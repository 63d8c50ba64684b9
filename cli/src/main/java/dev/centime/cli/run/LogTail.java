package dev.centime.cli.run;

import dev.centime.cli.terminal.Clean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/** The last lines of a log, however long it is. */
final class LogTail {
    private static final int LONGEST_READ = 256 * 1024;

    private LogTail() {}

    static List<String> lines(Path log, int count) {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var from = Math.max(0, file.length() - LONGEST_READ);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return lines.subList(Math.max(0, lines.size() - count), lines.size());
        } catch (IOException e) {
            return List.of("(" + log + " cannot be read: " + e.getMessage() + ")");
        }
    }

    /** The last lines as one, harmless to a terminal; what a process wrote at each of its starts stands there once. */
    static String of(Path log, int count) {
        var text = String.join(" | ", new LinkedHashSet<>(lines(log, count)));
        return text.isBlank() ? "it wrote nothing to " + log : Clean.line(text);
    }
}
