package dev.centime.ingest.reaction.efficiency;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Counts looks at efficiency, and alerts by what they are of. */
@ApplicationScoped
class EfficiencyMetrics {
    private final MeterRegistry registry;

    EfficiencyMetrics(MeterRegistry registry) {
        this.registry = registry;
        List.of("done", "failed").forEach(this::checks);
        List.of("waste", "model-imbalance").forEach(this::alerts);
    }

    void checked() {
        checks("done").increment();
    }

    void failed() {
        checks("failed").increment();
    }

    void raised(String kind) {
        alerts(kind).increment();
    }

    private Counter checks(String result) {
        return Counter.builder("centime.efficiency.checks")
                .description("Looks at the efficiency of an organization's month")
                .tag("result", result)
                .register(registry);
    }

    private Counter alerts(String kind) {
        return Counter.builder("centime.efficiency.alerts")
                .description("Alerts of waste and of an imbalance of models, each once a month")
                .tag("kind", kind)
                .register(registry);
    }
}
