package dev.centime.eventstore.log;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the log counts: whatever is appended, dropped, refused, retried, and what waits. */
final class LogMetrics {
    private final MeterRegistry registry;
    private final Counter appended;
    private final Counter duplicates;
    private final Counter rejected;
    private final Counter overflow;
    private final Counter retried;
    private final DistributionSummary groupEvents;
    private final DistributionSummary groupAppends;
    private final Timer calls;

    LogMetrics(MeterRegistry registry) {
        this.registry = registry;
        appended = registry.counter("centime.log.appended");
        duplicates = registry.counter("centime.log.duplicates");
        rejected = registry.counter("centime.log.rejected");
        overflow = registry.counter("centime.log.overflow");
        retried = registry.counter("centime.log.retried");
        groupEvents = registry.summary("centime.log.group.events");
        groupAppends = registry.summary("centime.log.group.appends");
        calls = Timer.builder("centime.log.append").publishPercentileHistogram().register(registry);
    }

    /** Shows what waits. */
    void watch(Supplier<Number> events, Supplier<Number> bytes) {
        Gauge.builder("centime.log.queue.events", events).strongReference(true).register(registry);
        Gauge.builder("centime.log.queue.bytes", bytes).strongReference(true).register(registry);
    }

    <T> Uni<T> timed(Uni<T> call) {
        long start = System.nanoTime();
        return call.onTermination().invoke(() -> calls.record(System.nanoTime() - start, TimeUnit.NANOSECONDS));
    }

    void group(List<Append> appends) {
        groupAppends.record(appends.size());
        groupEvents.record(
                appends.stream().mapToInt(append -> append.events().size()).sum());
    }

    void appended(List<Appended.Outcome> outcomes) {
        long old = outcomes.stream().filter(Appended.Outcome::duplicate).count();
        appended.increment(outcomes.size() - old);
        if (old > 0) {
            duplicates.increment(old);
        }
    }

    void rejected() {
        rejected.increment();
    }

    void overflow() {
        overflow.increment();
    }

    void retried() {
        retried.increment();
    }
}
