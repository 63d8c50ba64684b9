package dev.centime.eventstore.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What the runner counts, all under {@code centime.projection.} and {@code centime.lease.}. */
final class RunnerMetrics {
    private final MeterRegistry registry;

    RunnerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void folded(Lane lane, int events) {
        count(lane.serving() ? "centime.projection.pages" : "centime.projection.rebuild.pages", lane, 1);
        count(lane.serving() ? "centime.projection.events" : "centime.projection.rebuild.events", lane, events);
    }

    /** A page was rolled back: by an event's fault, or by the database's. */
    void failed(Lane lane, boolean ofData) {
        registry.counter(
                        "centime.projection.failures", "projection", lane.name(), "fault", ofData ? "data" : "database")
                .increment();
    }

    void parked(Lane lane) {
        count("centime.projection.parked", lane, 1);
    }

    void unparked(Lane lane) {
        count("centime.projection.unparked", lane, 1);
    }

    /** Events passed over because their organization stands still; a retry folds them in. */
    void passedOver(Lane lane, int events) {
        count("centime.projection.passed.over", lane, events);
    }

    void stale(int partition) {
        registry.counter("centime.projection.stale").increment();
    }

    void readFailed() {
        registry.counter("centime.projection.read.failures").increment();
    }

    void woken() {
        registry.counter("centime.projection.wakeups").increment();
    }

    void polled(boolean succeeded) {
        registry.counter("centime.projection.polls", "outcome", succeeded ? "success" : "failure")
                .increment();
    }

    void fired(String timer, boolean succeeded) {
        registry.counter("centime.projection.timers", "timer", timer, "outcome", succeeded ? "success" : "failure")
                .increment();
    }

    void swapped(String projection, String outcome) {
        registry.counter("centime.projection.swaps", "projection", projection, "outcome", outcome)
                .increment();
    }

    void lease(String what) {
        registry.counter("centime.lease.changes", "what", what).increment();
    }

    void beat(boolean succeeded) {
        registry.counter("centime.lease.beats", "outcome", succeeded ? "success" : "failure")
                .increment();
    }

    /** Gauges of a projection's lag over the partitions that this replica leads. */
    void lag(String projection, Supplier<Number> events, Supplier<Number> seconds) {
        Gauge.builder("centime.projection.lag.events", events)
                .tag("projection", projection)
                .register(registry);
        Gauge.builder("centime.projection.lag.seconds", seconds)
                .tag("projection", projection)
                .register(registry);
    }

    void leads(Supplier<Number> partitions) {
        Gauge.builder("centime.lease.partitions", partitions).register(registry);
    }

    private void count(String name, Lane lane, int amount) {
        registry.counter(name, "projection", lane.name()).increment(amount);
    }
}
