package dev.centime.cli.run;

import dev.centime.cli.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The five services, each a process of its own.
 *
 * <p>The heap is what the service was seen to need under the load of {@code benchmarks/}, with room; together they stay within
 * 1 GB of resident memory when idle.
 */
enum Service {
    INGEST("ingest-service", "ingest", 192),
    BUDGET("budget-service", "budget", 128),
    FORECAST("forecast-service", "forecast", 128),
    RECOMMENDATION("recommendation-service", "recommendation", 128),
    GATEWAY("gateway", "gateway", 128);

    private final String module;
    private final String schema;
    private final int heapMb;

    Service(String module, String schema, int heapMb) {
        this.module = module;
        this.schema = schema;
        this.heapMb = heapMb;
    }

    /** As it is called on screen, in log files and in {@code centime logs}. */
    String label() {
        return schema;
    }

    String schema() {
        return schema;
    }

    Path jar(Path home) {
        return home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
    }

    /** The jar that holds the service's migrations. */
    Path classes(Path home) {
        return home.resolve(module).resolve("target/" + module + "-" + Version.CURRENT + ".jar");
    }

    void requireBuilt(Path home) {
        if (!Files.exists(jar(home))) {
            throw new Failure(
                    jar(home) + " is missing: start without --no-build, or run ./mvnw -Pquick -DskipTests package.");
        }
    }

    List<String> command(Path home, DataDirectory directory) {
        var command = new ArrayList<String>();
        command.add(Jvm.java());
        command.add(mark(directory));
        command.addAll(jvmOptions());
        if (isTrained(home)) {
            command.add("-XX:AOTCache=" + trained(home));
        }
        command.add("-jar");
        command.add(jar(home).toString());
        return command;
    }

    /** The same when it is trained and when it runs: what was learned holds only for these. */
    List<String> jvmOptions() {
        return List.of(
                "-Xmx" + heapMb + "m",
                "-Xms24m",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ReservedCodeCacheSize=64m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    }

    /** What the JVM learned of the service when it was built. */
    Path trained(Path home) {
        return jar(home).resolveSibling("app.aot");
    }

    /** Whether that was learned from what is built now. */
    boolean isTrained(Path home) {
        try {
            return Files.exists(trained(home))
                    && Files.getLastModifiedTime(trained(home)).compareTo(Files.getLastModifiedTime(jar(home))) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** On the command line of every service of an instance, so that they are known again after a crash of the launcher. */
    static String mark(DataDirectory directory) {
        return "-Dcentime.instance=" + directory.mark();
    }
}
