package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.FileFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts files and what became of them, their rows by format, and the imports that are read or run here. */
@ApplicationScoped
@Startup // What was never counted yet is zero, not missing.
class ImportMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger running;
    private final AtomicInteger reading;
    private final Counter failedLooks;

    ImportMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.running = registry.gauge("centime.imports.running", new AtomicInteger());
        this.reading = registry.gauge("centime.imports.reading", new AtomicInteger());
        this.failedLooks = Counter.builder("centime.imports.looks.failed")
                .description("Looks for imports to run or to end that failed, as while the database is away")
                .register(registry);
        for (var result : new String[] {"read", "refused", "failed", "abandoned"}) {
            files(result);
        }
        for (var format : FileFormat.values()) {
            for (var result : new String[] {"accepted", "duplicate", "corrected", "rejected", "ignored"}) {
                rows(format.text(), result);
            }
        }
    }

    void began() {
        running.incrementAndGet();
    }

    void ended() {
        running.decrementAndGet();
    }

    void lookFailed() {
        failedLooks.increment();
    }

    /** A file is read, or waits for that. */
    void readingBegan() {
        reading.incrementAndGet();
    }

    void readingEnded() {
        reading.decrementAndGet();
    }

    /** @param result read, refused at once, failed after its sender was answered, or abandoned by whoever received it */
    void file(String result) {
        files(result).increment();
    }

    private Counter files(String result) {
        return Counter.builder("centime.imports.files")
                .description("Files sent to be imported and what became of them")
                .tag("result", result)
                .register(registry);
    }

    /** @param format null for an archive of several */
    void count(@Nullable String format, ImportReport report) {
        var name = format == null ? "several" : format;
        rows(name, "accepted").increment(report.accepted());
        rows(name, "duplicate").increment(report.duplicates());
        rows(name, "corrected").increment(report.corrected());
        rows(name, "rejected").increment(report.rejected());
        rows(name, "ignored").increment(report.ignored());
    }

    private Counter rows(String format, String result) {
        return Counter.builder("centime.imports.rows")
                .description("Rows of imported files by format and what became of them")
                .tag("format", format)
                .tag("result", result)
                .register(registry);
    }
}
