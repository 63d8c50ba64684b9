package dev.centime.ingest.exports;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;

/** Counts the rows of exports, and how exports ended. */
@ApplicationScoped
public class ExportMetrics {
    private final MeterRegistry registry;

    /** How an export ended. */
    public enum Result {
        DONE,
        /** Whoever read it went away. */
        ABORTED,
        FAILED,
        /** Too many were running. */
        REFUSED
    }

    ExportMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (var layout : ExportLayout.values()) {
            for (var format : ExportFormat.values()) {
                rows(layout, format);
            }
        }
        for (var result : Result.values()) {
            ended(result);
        }
    }

    void rows(ExportOrder order, int count) {
        rows(order.layout(), order.format()).increment(count);
    }

    public void count(Result result) {
        ended(result).increment();
    }

    private Counter rows(ExportLayout layout, ExportFormat format) {
        return Counter.builder("centime.exports.rows")
                .description("Rows that were exported")
                .tag("layout", layout.text())
                .tag("format", format.text())
                .register(registry);
    }

    private Counter ended(Result result) {
        return Counter.builder("centime.exports")
                .description("Exports by how they ended")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }
}
