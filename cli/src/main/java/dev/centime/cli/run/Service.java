package dev.centime.cli.run;

import dev.centime.cli.Failure;
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
    INGEST("ingest-service", "ingest", 192, 40),
    BUDGET("budget-service", "budget", 128, 12),
    FORECAST("forecast-service", "forecast", 128, 12),
    RECOMMENDATION("recommendation-service", "recommendation", 128, 12),
    GATEWAY("gateway", "gateway", 128, 12);

    /** What a JVM begins with for what lives longer, with what it learned before. */
    private static final int FIRST_OLD_MB = 16;

    private final String module;
    private final String schema;
    private final int heapMb;
    private final int firstYoungMb;

    /**
     * @param heapMb at most
     * @param firstYoungMb of them for new objects from the start; where pages of events pass that are larger, they are taken for objects that
     *     stay, and lie in the other part until it is full
     */
    Service(String module, String schema, int heapMb, int firstYoungMb) {
        this.module = module;
        this.schema = schema;
        this.heapMb = heapMb;
        this.firstYoungMb = firstYoungMb;
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

    /** @param learning {@link Learned#use} or {@link Learned#write} of this service */
    List<String> command(Path home, DataDirectory directory, List<String> learning) {
        var command = new ArrayList<String>();
        command.add(Jvm.java());
        command.add(mark(directory));
        command.addAll(jvmOptions());
        command.addAll(learning);
        command.add("-jar");
        command.add(jar(home).toString());
        return command;
    }

    /** The same when it learns and when it runs: what was learned holds only for these. */
    private List<String> jvmOptions() {
        return List.of(
                "-Xmx" + heapMb + "m",
                "-Xms" + (FIRST_OLD_MB + firstYoungMb) + "m",
                "-XX:NewSize=" + firstYoungMb + "m",
                "-XX:SurvivorRatio=3",
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:ReservedCodeCacheSize=64m",
                // What the compiler and the network library gave back: glibc keeps it otherwise, 10 to 30 MB a service.
                "-XX:TrimNativeHeapInterval=10000",
                // Ten times the usual: while five services start on two processors, what runs a few thousand times is
                // not worth
                // the optimizing compiler's time, which was a third of each start's. Under load these are reached in
                // seconds.
                "-XX:Tier4InvocationThreshold=50000",
                "-XX:Tier4MinInvocationThreshold=6000",
                "-XX:Tier4CompileThreshold=150000",
                "-XX:Tier4BackEdgeThreshold=400000",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");
    }

    Learned learned(Path home) {
        return new Learned(jar(home));
    }

    /** On the command line of every service of an instance, so that they are known again after a crash of the launcher. */
    static String mark(DataDirectory directory) {
        return "-Dcentime.instance=" + directory.mark();
    }
}
