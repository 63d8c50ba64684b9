package dev.centime.benchmarks.log;

import dev.centime.benchmarks.DurableServer;
import java.io.IOException;
import java.util.List;

/**
 * Axon 4.13 on the same server, in a process with a class path of its own, since its classes have the names of Axon 5's. Without
 * the property {@code axon4.classpath}, which {@code benchmarks/run} sets, it is left out, and that is said.
 */
public final class Axon4 {
    private Axon4() {}

    /** Lines that tell how fast its JDBC engine appends batches of 1,000 when it holds that many events. */
    static List<String> appendRates(DurableServer server, long size) throws IOException, InterruptedException {
        return run("append", server.jdbcUrl(), String.valueOf(size));
    }

    /** Has its tables hold that many events. */
    public static List<String> fill(DurableServer server, long events) throws IOException, InterruptedException {
        return run("fill", server.jdbcUrl(), String.valueOf(events));
    }

    /** Lines that tell how many decisions a second it makes on an entity of so many events, without and with its snapshot. */
    static List<String> decisionRates(DurableServer server, long events) throws IOException, InterruptedException {
        return run("decide", server.jdbcUrl(), String.valueOf(events));
    }

    /** Lines that tell how fast it reads and decodes that many events in order, as its replays do. */
    public static List<String> replayRate(DurableServer server, long events) throws IOException, InterruptedException {
        return run("replay", server.jdbcUrl(), String.valueOf(events));
    }

    private static List<String> run(String... args) throws IOException, InterruptedException {
        var classPath = System.getProperty("axon4.classpath");
        if (classPath == null) {
            return List.of("Axon 4.13 was left out: axon4.classpath is not set");
        }
        var command = new java.util.ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx1g",
                "-cp",
                classPath,
                "dev.centime.benchmarks.axon4.Axon4Jdbc"));
        command.addAll(List.of(args));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines;
        try (var out = process.inputReader()) {
            lines = out.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Axon 4.13 ended with " + process.exitValue());
        }
        return lines;
    }
}
