package dev.centime.cli.run;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The job that brings the database to the version the services wait for. It runs beside their start. */
final class Migration {
    static final String NAME = "migration";

    private Migration() {}

    /** @param learning {@link Learned#use} or {@link Learned#write} of this job */
    static List<String> command(Path home, DataDirectory directory, List<String> learning) {
        var path = new ArrayList<String>();
        path.add(built(home, "database"));
        path.add(home.resolve("database/target/lib") + "/*");
        path.add(built(home, "event-store"));
        for (var service : Service.values()) {
            if (Files.exists(service.classes(home))) {
                path.add(service.classes(home).toString());
            }
        }
        var command = new ArrayList<>(
                List.of(Jvm.java(), Service.mark(directory), "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(learning);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, path), "dev.centime.database.Migrate"));
        return command;
    }

    static Learned learned(Path home) {
        return new Learned(Path.of(built(home, "database")));
    }

    static Map<String, String> environment(DataDirectory directory, Database database) {
        return Map.of(
                "CENTIME_MIGRATION_URL", database.jdbcUrl(),
                "CENTIME_MIGRATION_USER", database.user(),
                "CENTIME_MIGRATION_PASSWORD", database.password(),
                "CENTIME_DATABASE_PASSWORDS", directory.databasePasswords().toString());
    }

    static String built(Path home, String module) {
        return home.resolve(module)
                .resolve("target/" + module + "-" + Version.CURRENT + ".jar")
                .toString();
    }
}
