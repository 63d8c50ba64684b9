package dev.centime.cli.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;

/**
 * Runs each newly built service for a moment and keeps what its JVM learned, so that every later start takes a quarter of the
 * time (decision 0062). The launcher script calls it after a build. A service that cannot be trained starts all the same.
 */
@Command(name = "train", hidden = true, header = "Prepares fast starts of the services that were built anew.")
public final class Train implements Callable<Integer> {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_WRITE = Duration.ofSeconds(60);
    /** Each is busy with one processor most of the time. */
    private static final int AT_ONCE = 2;

    private final Path home = Up.home();
    private final Ports ports = new Ports();
    private final Readiness readiness = new Readiness();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var untrained = Arrays.stream(Service.values())
                .filter(service -> Files.exists(service.jar(home)) && !service.isTrained(home))
                .toList();
        if (untrained.isEmpty()) {
            return 0;
        }
        System.err.println("Preparing fast starts (once after each build)");
        var scratch = Files.createTempDirectory("centime-train");
        try (var trainers = Executors.newFixedThreadPool(AT_ONCE)) {
            for (var done : trainers.invokeAll(untrained.stream()
                    .map(service -> (Callable<String>) () -> train(service, ports.next(), scratch))
                    .toList())) {
                System.err.println("  " + done.get());
            }
        } catch (ExecutionException e) {
            System.err.println("  left out: " + e.getCause());
        } finally {
            Trees.delete(scratch);
        }
        return 0;
    }

    private String train(Service service, int port, Path scratch) throws IOException, InterruptedException {
        var draft = service.trained(home).resolveSibling("app.aot.new");
        var log = scratch.resolve(service.label() + ".log");
        var process = new ProcessBuilder(command(service, draft))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        var environment = new HashMap<String, String>();
        environment.put("CENTIME_HTTP_PORT", String.valueOf(port));
        environment.put("CENTIME_HTTP_HOST", "127.0.0.1");
        // Nobody listens there: the service comes up as far as it can without a database, which is nearly everything.
        environment.put("CENTIME_DATABASE_URL", "postgresql://127.0.0.1:1/none");
        environment.put("CENTIME_DATABASE_PASSWORD", "none");
        environment.put("CENTIME_DATABASE_RUNNER_PASSWORD", "none");
        environment.put("CENTIME_ADMIN_KEY", "ck_none");
        environment.put("CENTIME_SIGNING_KEY", scratch.resolve("signing-key").toString());
        process.environment().putAll(environment);
        var running = process.start();
        try {
            var deadline = System.nanoTime() + LONGEST_START.toNanos();
            while (!readiness.isLive(port)) {
                if (running.waitFor(100, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                    return service.label() + ": left out, it did not start (" + LogTail.of(log, 2) + ")";
                }
            }
            running.destroy();
            if (!running.waitFor(LONGEST_WRITE.toSeconds(), TimeUnit.SECONDS) || !Files.exists(draft)) {
                return service.label() + ": left out, nothing was kept";
            }
            Files.move(draft, service.trained(home), StandardCopyOption.REPLACE_EXISTING);
            return service.label();
        } finally {
            running.destroyForcibly();
            Files.deleteIfExists(draft);
        }
    }

    private List<String> command(Service service, Path draft) {
        var command = new ArrayList<String>();
        command.add(Jvm.java());
        command.addAll(service.jvmOptions());
        command.add("-XX:AOTCacheOutput=" + draft);
        command.add("-jar");
        command.add(service.jar(home).toString());
        return command;
    }
}
