package dev.centime.ingest.exports;

import dev.centime.ingest.exports.ExportMetrics.Result;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** The exports that this replica answers just now: so many of all, and fewer of one organization, so that none keeps the others out. */
@ApplicationScoped
class RunningExports {
    private final ExportSettings settings;
    private final ExportMetrics metrics;
    private final AtomicInteger all;
    private final Map<String, Integer> byOrganization = new HashMap<>();

    RunningExports(ExportSettings settings, ExportMetrics metrics, MeterRegistry registry) {
        this.settings = settings;
        this.metrics = metrics;
        this.all = registry.gauge("centime.exports.running", new AtomicInteger());
    }

    /** Begins one more. @return empty, and counted as refused, when as many run as may */
    Optional<Running> begin(String organization) {
        if (!took(organization)) {
            metrics.count(Result.REFUSED);
            return Optional.empty();
        }
        return Optional.of(new Running(organization));
    }

    private synchronized boolean took(String organization) {
        var own = byOrganization.getOrDefault(organization, 0);
        if (all.get() >= settings.parallel() || own >= settings.parallelOfOne()) {
            return false;
        }
        all.incrementAndGet();
        byOrganization.put(organization, own + 1);
        return true;
    }

    private synchronized void gaveBack(String organization) {
        all.decrementAndGet();
        byOrganization.computeIfPresent(organization, (_, own) -> own == 1 ? null : own - 1);
    }

    /** One that was let in. */
    final class Running {
        private final String organization;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Running(String organization) {
            this.organization = organization;
        }

        /** Makes room for another. How it ended first is how it ended: told again, nothing happens. */
        void end(Result result) {
            if (ended.compareAndSet(false, true)) {
                metrics.count(result);
                gaveBack(organization);
            }
        }
    }
}
