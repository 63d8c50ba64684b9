package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A launcher that stays when the command that started it returns. It is known by what it writes to {@code run/state.json}. */
final class Background {
    private static final String LOG = "launcher";

    private final DataDirectory directory;
    private final Process process;

    private Background(DataDirectory directory, Process process) {
        this.directory = directory;
        this.process = process;
    }

    static Background start(DataDirectory directory, int port, @Nullable String postgresUrl) throws IOException {
        // What an earlier launcher wrote must not be taken for the new one's.
        Files.deleteIfExists(directory.state());
        var command = new ArrayList<String>();
        command.add(Jvm.java());
        // Those of this JVM: the launcher script's heap, cache and encoding settings hold for the one that stays, too.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.centime.cli.Centime"));
        command.addAll(List.of("up", "--stay", "--data-dir", directory.toString(), "--port", String.valueOf(port)));
        var builder = new ProcessBuilder(Detached.command(command))
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(directory.log(LOG).toFile());
        if (postgresUrl != null) {
            // By the environment: the address holds a password, and command lines are for all to see.
            builder.environment().put(Up.POSTGRES_URL_VARIABLE, postgresUrl);
        }
        return new Background(directory, builder.start());
    }

    InstanceState state() {
        return InstanceState.read(directory)
                .orElseGet(() -> new InstanceState(process.pid(), "", false, null, List.of()));
    }

    /** Returns when all parts are ready; fails with the launcher's reason, and then it has stopped what it started. */
    void awaitReady() throws InterruptedException {
        while (!state().ready()) {
            if (process.waitFor(150, TimeUnit.MILLISECONDS)) {
                var reason = state().failure();
                throw new Failure(reason != null ? reason : "The launcher ended: " + LogTail.of(directory.log(LOG), 5));
            }
        }
    }
}
