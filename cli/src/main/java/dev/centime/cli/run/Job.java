package dev.centime.cli.run;

import dev.centime.cli.run.Part.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that is run until it has succeeded once. What it does may be repeated, so a failure is tried again a few times. */
final class Job {
    private static final int TRIES = 3;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Board board;
    private volatile boolean stopping;
    private volatile @Nullable Process process;

    Job(String name, List<String> command, Map<String, String> environment, Path log, Board board) {
        this.name = name;
        this.command = Detached.command(command);
        this.environment = environment;
        this.log = log;
        this.board = board;
    }

    void start() {
        Thread.ofVirtual().name(name).start(this::run);
    }

    void stop(Duration patience) {
        stopping = true;
        var running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            for (var tries = 1; !stopping; tries++) {
                var exit = runOnce();
                if (exit == 0) {
                    board.update(name, part -> part.now(Standing.DONE, 0, null));
                    return;
                }
                if (stopping) {
                    board.update(name, part -> part.now(Standing.STOPPED, 0, null));
                    return;
                }
                var given = tries == TRIES ? Standing.FAILED : Standing.RESTARTING;
                board.update(name, part -> part.restarted().now(given, 0, "ended with " + exit));
                if (tries == TRIES) {
                    return;
                }
            }
        } catch (IOException e) {
            board.update(name, part -> part.now(Standing.FAILED, 0, "cannot be started: " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var running = builder.start();
        process = running;
        board.update(name, part -> part.now(Standing.STARTING, running.pid(), null));
        return running.waitFor();
    }
}
