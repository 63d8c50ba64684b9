package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.Cost;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts every record that came in by what became of it. */
@ApplicationScoped
public class UsageMetrics {
    private final Counter accepted;
    private final Counter duplicate;
    private final Counter rejected;
    private final Counter unpriced;

    UsageMetrics(MeterRegistry registry) {
        this.accepted = records(registry, "accepted");
        this.duplicate = records(registry, "duplicate");
        this.rejected = records(registry, "rejected");
        this.unpriced = Counter.builder("centime.usage.unpriced")
                .description("Accepted records for which no price is known")
                .register(registry);
    }

    private static Counter records(MeterRegistry registry, String result) {
        return Counter.builder("centime.usage.records")
                .description("Usage records by what became of them")
                .tag("result", result)
                .register(registry);
    }

    void accepted(Cost cost) {
        accepted.increment();
        if (cost.source() == Cost.Source.UNPRICED) {
            unpriced.increment();
        }
    }

    void duplicate(int count) {
        duplicate.increment(count);
    }

    void rejected(int count) {
        rejected.increment(count);
    }
}
