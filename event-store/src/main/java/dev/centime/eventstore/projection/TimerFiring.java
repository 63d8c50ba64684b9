package dev.centime.eventstore.projection;

import static dev.centime.eventstore.projection.Blocking.await;

import io.vertx.mutiny.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Fires the timers of a leased partition, in order of time. A timer that fails stays, and is fired again. */
final class TimerFiring {
    private static final Logger LOG = Logger.getLogger(TimerFiring.class);
    private static final int AT_ONCE = 100;
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

    /**
     * Fires what is due, at most a page of it; what is left is due at the next look.
     *
     * @return whether all went well
     */
    boolean fire(Lease lease) {
        var well = true;
        if (handlers.isEmpty()) {
            return well;
        }
        for (var timer : await(rows.due(pool, lease.partition(), handlers.keySet(), AT_ONCE))) {
            if (!lease.valid()) {
                throw new StaleLease("the lease of partition " + lease.partition() + " has run out");
            }
            well &= fire(lease, timer);
        }
        return well;
    }

    private boolean fire(Lease lease, Timer timer) {
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
            // Those after it are fired all the same; this one is still due when the partition is looked at again.
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
