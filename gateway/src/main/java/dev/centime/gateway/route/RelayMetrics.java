package dev.centime.gateway.route;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** Counts the calls that did not come to their end, by whose doing: a service that breaks off is a fault, a caller who leaves is none. */
@ApplicationScoped
class RelayMetrics {
    private final MeterRegistry registry;

    RelayMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A service said nothing at all. */
    void unavailable(Service service) {
        registry.counter("centime.gateway.unavailable", "service", service.text())
                .increment();
    }

    /** A caller left, or took nothing of his answer for so long that he was left. */
    void brokenOffByCaller(Service service) {
        brokenOff(service, "caller");
    }

    /** A service broke off in the middle of its answer. */
    void brokenOffByService(Service service) {
        brokenOff(service, "service");
    }

    private void brokenOff(Service service, String by) {
        registry.counter("centime.gateway.broken.off", "service", service.text(), "by", by)
                .increment();
    }
}
