package dev.centime.benchmarks.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** How much of a process lies in memory, now and at most, in megabytes; from {@code /proc} (proc(5)). */
final class ResidentMemory {
    private static final String FORGET_PEAK = "5";

    private final Path process;

    private ResidentMemory(long pid) {
        process = Path.of("/proc/" + pid);
    }

    /** @param service such as {@code ingest} */
    static ResidentMemory of(RunningCentime centime, String service) throws IOException {
        return new ResidentMemory(Objects.requireNonNull(centime.processes().get(service)));
    }

    long now() throws IOException {
        return megabytes("VmRSS:");
    }

    /** Since {@link #forgetPeak}, or the start of the process. */
    long peak() throws IOException {
        return megabytes("VmHWM:");
    }

    void forgetPeak() throws IOException {
        Files.writeString(process.resolve("clear_refs"), FORGET_PEAK);
    }

    /** The bound of a JVM's heap, as its command line says it. */
    String heap() throws IOException {
        return Arrays.stream(Files.readString(process.resolve("cmdline")).split("\0"))
                .filter(argument -> argument.startsWith("-Xmx"))
                .reduce((earlier, last) -> last)
                .map(argument -> argument.substring("-Xmx".length()))
                .orElse("no bound");
    }

    private long megabytes(String name) throws IOException {
        try (var lines = Files.lines(process.resolve("status"))) {
            var line = lines.filter(each -> each.startsWith(name)).findFirst().orElse(name + " 0 kB");
            return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
    }
}
