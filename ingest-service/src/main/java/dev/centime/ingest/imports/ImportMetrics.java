package dev.centime.ingest.imports;

import dev.centime.ingest.accept.file.FileFormat;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the rows of files by format and what became of them, and the imports that run here. */
@ApplicationScoped
class ImportMetrics {
    private final MeterRegistry registry;
    private final AtomicInteger running;

    ImportMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.running = registry.gauge("centime.imports.running", new AtomicInteger());
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

    /** @param format null for an archive of several */
    void count(@org.jspecify.annotations.Nullable String format, ImportReport report) {
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
