package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Bounds what waits for the database. Beyond it an append is refused at once: its caller knows better than a queue what to do. */
final class Backlog {
    private final LogSettings settings;
    private final LogMetrics metrics;
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Backlog(LogSettings settings, LogMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
        metrics.watch(events::get, bytes::get);
    }

    <T> Uni<T> admit(Append append, Supplier<Uni<T>> work) {
        long size = append.bytes();
        int count = append.events().size();
        // One append alone is always admitted, whatever the limits.
        if (events.get() > 0
                && (events.get() + count > settings.queueEvents() || bytes.get() + size > settings.queueBytes())) {
            metrics.overflow();
            return Uni.createFrom().failure(() -> new LogUnavailable("too much waits for the log already", null));
        }
        events.addAndGet(count);
        bytes.addAndGet(size);
        return work.get().onTermination().invoke(() -> {
            events.addAndGet(-count);
            bytes.addAndGet(-size);
        });
    }
}
