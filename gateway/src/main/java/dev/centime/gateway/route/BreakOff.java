package dev.centime.gateway.route;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a call broke off, counted once, for whoever was first: each side that goes takes the other with it. */
final class BreakOff {
    private final RelayMetrics metrics;
    private final Service service;
    private final AtomicBoolean counted = new AtomicBoolean();

    BreakOff(RelayMetrics metrics, Service service) {
        this.metrics = metrics;
        this.service = service;
    }

    void byCaller() {
        if (counted.compareAndSet(false, true)) {
            metrics.brokenOffByCaller(service);
        }
    }

    void byService() {
        if (counted.compareAndSet(false, true)) {
            metrics.brokenOffByService(service);
        }
    }
}
