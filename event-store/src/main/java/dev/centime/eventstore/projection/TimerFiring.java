package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import io.vertx.mutiny.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Fires timers, one at a time. */
final class TimerFiring {
    private static final Logger LOG = Logger.getLogger(TimerFiring.class);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Pool pool;
    private final TimerRows rows;
    private final Map<String, WhenDue> handlers;
    private final RunnerMetrics metrics;

    TimerFiring(Pool pool, TimerRows rows, Map<String, WhenDue> handlers, RunnerMetrics metrics) {
        this.pool = pool;
        this.rows = rows;
        this.handlers = handlers;
        this.metrics = metrics;
    }

    /** Those whose time has come in a partition, the oldest first. */
    List<Timer> due(Lease lease, int limit) {
        return handlers.isEmpty() ? List.of() : await(rows.due(pool, lease.partition(), handlers.keySet(), limit));
    }

    /** @return false when it failed and is still due */
    boolean fire(Lease lease, Timer timer) {
        var handler = handlers.get(timer.name());
        if (handler == null) {
            return true;
        }
        try {
            var due = new WhenDue.Due(idOf(timer), lease.partition(), timer);
            await(handler.fire(due).ifNoItem().after(LONGEST).fail());
            await(rows.done(pool, lease, timer));
            metrics.fired(timer.name(), true);
            return true;
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            metrics.fired(timer.name(), false);
            LOG.warnf("timer %s waits: %s", timer.name(), Faults.describe(e));
            return false;
        }
    }

    /** The same for the same timer and time, whoever fires it and however often. */
    static String idOf(Timer timer) {
        var text = String.join(
                "\u001f",
                timer.name(),
                timer.organization(),
                timer.key(),
                timer.due().toString());
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
