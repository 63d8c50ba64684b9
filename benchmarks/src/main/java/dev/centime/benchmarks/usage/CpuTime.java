package dev.centime.benchmarks.usage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Processor time that each part has taken so far, in milliseconds, from {@code /proc}; children counted with their parent.
 *
 * @param load of this process, which makes the load
 */
record CpuTime(Map<String, Long> parts, long load) {
    private static final long TICK_MS = 10;

    static CpuTime of(Map<String, Long> processes) throws IOException {
        var parts = new LinkedHashMap<String, Long>();
        for (var part : processes.entrySet()) {
            parts.put(part.getKey(), ofTree(part.getValue()));
        }
        return new CpuTime(parts, ofTree(ProcessHandle.current().pid()));
    }

    private static long ofTree(long pid) throws IOException {
        long ms = of(pid);
        var children =
                ProcessHandle.of(pid).map(ProcessHandle::children).stream().flatMap(all -> all);
        for (var child : children.toList()) {
            ms += of(child.pid());
        }
        return ms;
    }

    /** User and system time, and that of children waited for: fields 14 to 17 of proc(5). */
    private static long of(long pid) throws IOException {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The name before the bracket may hold anything.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return TICK_MS
                    * (Long.parseLong(fields[11])
                            + Long.parseLong(fields[12])
                            + Long.parseLong(fields[13])
                            + Long.parseLong(fields[14]));
        } catch (java.nio.file.NoSuchFileException gone) {
            return 0;
        }
    }

    /** What each part took since an earlier look, for each of some records, in microseconds. */
    String since(CpuTime before, long records) {
        return parts.keySet().stream()
                        .map(part ->
                                line(part, parts.getOrDefault(part, 0L) - before.parts.getOrDefault(part, 0L), records))
                        .collect(Collectors.joining(", "))
                + line("; the load itself", load - before.load, records);
    }

    private static String line(String part, long ms, long records) {
        return String.format(Locale.ROOT, "%s %.0f", part, 1_000.0 * ms / records);
    }
}
