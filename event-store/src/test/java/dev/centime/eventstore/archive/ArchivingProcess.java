package dev.centime.eventstore.archive;

import dev.centime.database.TestPostgres;
import dev.centime.eventstore.archive.ArchiveRange.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that archives the oldest range of a partition and may end in the middle of it. */
final class ArchivingProcess implements AutoCloseable {
    /** Where it ends at once, as if it were killed there: nothing is closed, undone or noted. */
    enum Death {
        /** A block of its file is there. */
        HALF_WRITTEN,
        WRITTEN,
        /** A block of it was read back. */
        HALF_VERIFIED,
        VERIFIED,
        HALF_NAMED,
        NAMED,
        KEPT,
        TAKEN_OUT,
        /** Where somebody else says. */
        NOWHERE
    }

    /** By which it is known that it ended where it was to. */
    static final int STATUS = 137;

    private final Process process;

    private ArchivingProcess(Process process) {
        this.process = process;
    }

    static ArchivingProcess start(TestPostgres.Database database, Path directory, Old old, Death death)
            throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ArchivingProcess.class.getName(),
                database.host(),
                String.valueOf(database.port()),
                database.name(),
                database.user(),
                database.password(),
                directory.toString(),
                String.valueOf(old.partition()),
                death.name());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        return new ArchivingProcess(builder.start());
    }

    public static void main(String[] args) throws SQLException, IOException {
        var database = new TestPostgres.Database(args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]);
        var partition = Integer.parseInt(args[6]);
        try (var connection = database.connect();
                var tables = LogTables.of(connection)) {
            var oldest = tables.oldest().stream()
                    .filter(range -> range.partition() == partition)
                    .findFirst()
                    .orElseThrow();
            dying(tables, Path.of(args[5]), Death.valueOf(args[7])).archive(oldest);
        }
    }

    private static ArchiveRange dying(LogTables tables, Path directory, Death death) {
        var written = new AtomicBoolean();
        return new ArchiveRange(
                tables,
                directory,
                events -> dieAt(death, written.get() ? Death.HALF_VERIFIED : Death.HALF_WRITTEN),
                step -> {
                    written.compareAndSet(false, step == Step.WRITTEN);
                    dieAt(death, Death.valueOf(step.name()));
                });
    }

    private static void dieAt(Death death, Death reached) {
        if (death == reached) {
            Runtime.getRuntime().halt(STATUS);
        }
    }

    /** Waits until it ended. @return its exit status */
    int awaitEnd(Duration atMost) throws InterruptedException {
        if (!process.waitFor(atMost.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("it lives on");
        }
        return process.exitValue();
    }

    /** By SIGKILL, in the middle of whatever it does. */
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
