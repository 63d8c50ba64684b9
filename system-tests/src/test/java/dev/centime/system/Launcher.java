package dev.centime.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the command {@code ./centime} as a user does. */
final class Launcher {
    static final Path HOME =
            Path.of(System.getProperty("centime.home")).toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private Launcher() {}

    /** What a command came to. */
    record Outcome(int exitCode, String out, String err) {
        /** The same, or a failure with everything it said. */
        Outcome succeeded() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + "\n" + out + "\n" + err);
            }
            return this;
        }
    }

    static Outcome run(Map<String, String> environment, String... arguments) {
        try {
            var out = Files.createTempFile("centime", ".out");
            var err = Files.createTempFile("centime", ".err");
            var process = start(environment, out, err, List.of(arguments));
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "centime " + String.join(" ", arguments) + " did not end; it said: " + read(out));
            }
            var outcome = new Outcome(process.exitValue(), read(out), read(err));
            Files.delete(out);
            Files.delete(err);
            return outcome;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Process start(Map<String, String> environment, Path out, Path err, List<String> arguments)
            throws IOException {
        var command = new ArrayList<>(List.of("sh", HOME.resolve("centime").toString()));
        command.addAll(arguments);
        // From another directory than the project's, as it will be when it is on the PATH.
        var builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CENTIME_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
