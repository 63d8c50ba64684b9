package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "archive",
        header = "Moves old parts of the log into compressed files, which are still read where it matters.",
        description = {
            "Of a running instance. What is archived is read back and compared before it leaves the database; it may be"
                    + " interrupted and run again. The files are in archive/ of the data directory, or in"
                    + " CENTIME_LOG_ARCHIVE when the instance was started with it: they are a part of the log, so back"
                    + " them up."
        })
public final class Archive implements Callable<Integer> {
    @Mixin
    private DataDirectoryOption place;

    @Option(
            names = "--older-than",
            paramLabel = "DAYS",
            defaultValue = "400",
            description = "Only what was recorded longer ago (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--postgres-url",
            paramLabel = "URL",
            defaultValue = "${env:" + Up.POSTGRES_URL_VARIABLE + "}",
            description = "The PostgreSQL that the instance was started with, if not its own.")
    private @Nullable String postgresUrl;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (days < 0) {
            throw new Failure("--older-than must not be negative.", 2);
        }
        var directory = place.directory();
        var database = postgresUrl == null ? ownServer(directory) : Database.of(postgresUrl);
        var builder = new ProcessBuilder(command()).inheritIO();
        builder.environment()
                .putAll(Map.of(
                        "CENTIME_MIGRATION_URL", database.jdbcUrl(),
                        "CENTIME_MIGRATION_USER", database.user(),
                        "CENTIME_MIGRATION_PASSWORD", database.password(),
                        "CENTIME_LOG_ARCHIVE", directory.archive().toString(),
                        "CENTIME_LOG_ARCHIVE_DAYS", String.valueOf(days)));
        return builder.start().waitFor() == 0 ? 0 : Failure.FAILED;
    }

    private static List<String> command() {
        var home = Up.home();
        var path = List.of(home.resolve("database/target/lib") + "/*", Migration.built(home, "event-store"));
        return List.of(
                Jvm.java(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-cp",
                String.join(File.pathSeparator, path),
                "dev.centime.eventstore.archive.ArchiveLog");
    }

    private static Database ownServer(DataDirectory directory) {
        if (!directory.exists() || DirectoryLock.holder(directory).isEmpty()) {
            throw new Failure("Nothing runs on " + directory + ": start it with `centime up`.", Failure.UNREACHABLE);
        }
        return InstanceState.read(directory).stream()
                .flatMap(state -> state.parts().stream())
                .filter(part -> part.name().equals(Supervisor.POSTGRES))
                .findFirst()
                .map(part -> Database.own(part.port(), Secrets.of(directory)))
                .orElseThrow(() -> new Failure("The instance on " + directory
                        + " uses a PostgreSQL of its own: name it with --postgres-url."));
    }
}
