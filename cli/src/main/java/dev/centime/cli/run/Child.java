package dev.centime.cli.run;

import dev.centime.cli.run.Part.Standing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A process that is kept running: started again when it dies, after a pause that doubles with each death in a row.
 *
 * <p>Its output goes to a file, not through the launcher, so that it lives on when the launcher is killed.
 */
final class Child {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final Duration STABLE = Duration.ofSeconds(60);
    private static final long LARGEST_LOG = 10L * 1024 * 1024;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Board board;
    private final Predicate<Process> ready;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable Process process;
    private @Nullable Thread watcher;

    /**
     * @param ready asked again and again while the process lives; may block for a moment
     */
    Child(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Board board,
            Predicate<Process> ready) {
        this.name = name;
        this.command = Detached.command(command);
        this.environment = environment;
        this.log = log;
        this.board = board;
        this.ready = ready;
    }

    void start() {
        watcher = Thread.ofVirtual().name(name).start(this::keepRunning);
    }

    /** Stops it for good; {@code how} asks it to go, and after the time given it is killed. */
    void stop(java.util.function.Consumer<Process> how, Duration patience) {
        stopping.countDown();
        var running = process;
        try {
            if (running != null && running.isAlive()) {
                how.accept(running);
                if (!running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    running.destroyForcibly().waitFor();
                }
            }
            if (watcher != null) {
                watcher.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        board.update(name, part -> part.now(Standing.STOPPED, 0, null));
    }

    private void keepRunning() {
        var pause = FIRST_PAUSE;
        try {
            while (!isStopping()) {
                var started = System.nanoTime();
                var exit = runOnce();
                if (isStopping()) {
                    return;
                }
                var lived = Duration.ofNanos(System.nanoTime() - started);
                pause = lived.compareTo(STABLE) > 0 ? FIRST_PAUSE : pause;
                board.update(name, part -> part.restarted().now(Standing.RESTARTING, 0, "ended with " + exit));
                if (stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            board.update(name, part -> part.now(Standing.FAILED, 0, "cannot be started: " + e.getMessage()));
        }
    }

    private int runOnce() throws IOException, InterruptedException {
        keepLogSmall();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        var running = builder.start();
        process = running;
        if (isStopping()) {
            running.destroy();
        }
        board.update(name, part -> part.now(Standing.STARTING, running.pid(), null));
        while (running.isAlive() && !ready.test(running)) {
            if (running.waitFor(100, TimeUnit.MILLISECONDS)) {
                return running.exitValue();
            }
        }
        if (running.isAlive()) {
            board.update(name, part -> part.now(Standing.READY, running.pid(), null));
        }
        return running.waitFor();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void keepLogSmall() {
        try {
            if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
