package dev.centime.budget.delivery;

import dev.centime.database.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that sends messages until it is killed. */
final class SendingProcess implements AutoCloseable {
    private final Process process;

    private SendingProcess(Process process) {
        this.process = process;
    }

    static SendingProcess start(TestPostgres.Database database, Path keys) throws IOException {
        return start(database, keys, Death.NEVER);
    }

    /** @param death where it ends by itself */
    static SendingProcess start(TestPostgres.Database database, Path keys, Death death) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SendingProcess.class.getName(),
                database.host(),
                String.valueOf(database.port()),
                database.name(),
                keys.toString(),
                death.name());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return new SendingProcess(builder.start());
    }

    public static void main(String[] args) throws IOException {
        var database = new TestPostgres.Database(args[0], Integer.parseInt(args[1]), args[2], "", "");
        try (var station = new Station(database, args[3], Map.of(), Death.valueOf(args[4])).start()) {
            while (System.in.read() >= 0) {
                // Nothing is ever written to it; it ends with the process that started this one.
            }
        }
        System.exit(0);
    }

    /** Waits until it ended where it was to. @return its exit status */
    int awaitDeath(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it lives on");
        }
        return process.exitValue();
    }

    /** As a crash would end it, in the middle of whatever it does. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
