package dev.centime.cli.run;

import dev.centime.cli.Failure;
import dev.centime.cli.terminal.Clean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        header = "Shows what the processes of a local instance wrote.",
        footer = {
            "",
            "Examples:",
            "  centime logs               the last lines of each",
            "  centime logs ingest -f     follow one"
        })
public final class Logs implements Callable<Integer> {
    private static final int FOLLOW_EVERY_MS = 250;

    @Mixin
    private DataDirectoryOption place;

    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            description = "postgres, migration, ingest, budget, forecast, recommendation, gateway or launcher.")
    private @Nullable String part;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the last lines (default: ${DEFAULT-VALUE}).")
    private int lines;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var directory = place.directory();
        var logs = chosen(directory);
        Map<Path, Long> read = new HashMap<>();
        for (var log : logs) {
            read.put(log, Files.size(log));
            LogTail.lines(log, Math.max(0, lines)).forEach(line -> print(log, line, logs.size() > 1));
        }
        while (follow) {
            for (var log : logs) {
                read.merge(log, 0L, (from, zero) -> printFrom(log, from, logs.size() > 1));
            }
            Thread.sleep(FOLLOW_EVERY_MS);
        }
        return 0;
    }

    private List<Path> chosen(DataDirectory directory) throws IOException {
        if (!Files.isDirectory(directory.logs())) {
            throw new Failure("There are no logs in " + directory + ": name its directory with --data-dir.");
        }
        try (var files = Files.list(directory.logs())) {
            var all = files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
            if (part == null) {
                return all;
            }
            var one = all.stream().filter(file -> label(file).equals(part)).toList();
            if (one.isEmpty()) {
                throw new Failure(
                        "There is no log of " + Clean.line(part) + "; there are "
                                + String.join(
                                        ", ", all.stream().map(Logs::label).toList()) + ".",
                        2);
            }
            return one;
        }
    }

    /** Prints the whole lines from an offset on, and returns where they end. */
    private static long printFrom(Path log, long from, boolean named) {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            var start = file.length() < from ? 0 : from; // begun anew
            file.seek(start);
            var bytes = new byte[(int) Math.min(1 << 20, file.length() - start)];
            file.readFully(bytes);
            var end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            new String(bytes, 0, end, StandardCharsets.UTF_8).lines().forEach(line -> print(log, line, named));
            return start + end;
        } catch (IOException e) {
            throw new Failure(log + " cannot be read: " + e.getMessage());
        }
    }

    private static void print(Path log, String line, boolean named) {
        System.out.println((named ? String.format("%-15s", label(log)) : "") + Clean.line(line));
    }

    private static String label(Path log) {
        return log.getFileName().toString().replace(".log", "");
    }
}
