package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Looks how far all partitions go, in one query, as often as the poll says; wake-ups only bring news sooner. */
final class Heads {
    private static final Logger LOG = Logger.getLogger(Heads.class);

    private final EventLog log;
    private final Duration poll;
    private final RunnerMetrics metrics;
    private final Consumer<Map<Integer, Long>> listener;
    private final Runnable whenAway;
    private final Semaphore end = new Semaphore(0);
    private volatile Map<Integer, Long> known = Map.of();
    private volatile @Nullable Thread thread;

    Heads(
            EventLog log,
            Duration poll,
            RunnerMetrics metrics,
            Consumer<Map<Integer, Long>> listener,
            Runnable whenAway) {
        this.log = log;
        this.poll = poll;
        this.metrics = metrics;
        this.listener = listener;
        this.whenAway = whenAway;
    }

    void start() {
        thread = Thread.ofVirtual().name("projections-poll").start(this::run);
    }

    void stop() {
        end.release();
    }

    /** Whether it has ended after so long. */
    boolean awaitEnd(Duration atMost) {
        return Ending.of(thread, atMost);
    }

    /** What the last poll saw. */
    Map<Integer, Long> known() {
        return known;
    }

    private void run() {
        try {
            do {
                look();
            } while (!end.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            known = Map.copyOf(Blocking.await(log.heads()));
            listener.accept(known);
            metrics.polled(true);
        } catch (RuntimeException | Error e) {
            // Also what should never happen: whoever no longer looks would fire no timers.
            metrics.polled(false);
            whenAway.run();
            LOG.debug("the log cannot be polled now", e);
        }
    }
}
