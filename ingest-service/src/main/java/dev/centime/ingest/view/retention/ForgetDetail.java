package dev.centime.ingest.view.retention;

import dev.centime.ingest.pressure.Pressure;
import dev.centime.ingest.view.retention.DeleteDetail.Left;
import dev.centime.kit.Begins;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Deletes what has expired, organization by organization in turn, and waits while views are late. What a rebuild brought back is found
 * like anything else, since it is looked for by what is there.
 */
@ApplicationScoped
public class ForgetDetail implements Begins {
    private static final Logger LOG = Logger.getLogger(ForgetDetail.class);
    private static final Duration LOOK = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Deleted in milliseconds: nobody who waits for the same connection notices. */
    private static final int AT_ONCE = 2_000;

    private final DeleteDetail delete;
    private final Pressure pressure;
    private final Counter deleted;
    private final Counter failed;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("forget-detail").unstarted(task));
    private volatile boolean ending;

    ForgetDetail(DeleteDetail delete, Pressure pressure, MeterRegistry metrics) {
        this.delete = delete;
        this.pressure = pressure;
        this.deleted = Counter.builder("centime.detail.deleted")
                .description("Rows of calls that were older than their organization keeps them")
                .register(metrics);
        this.failed = Counter.builder("centime.detail.delete.failed")
                .description("Times that deleting them broke off, to be gone on with a minute later")
                .register(metrics);
    }

    @Override
    public Uni<Void> begin() {
        looking.scheduleWithFixedDelay(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        ending = true;
        looking.shutdownNow();
    }

    private void look() {
        try {
            var rows = forget();
            if (rows > 0) {
                LOG.infof("%,d rows of calls that had expired were deleted", rows);
            }
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here ends all looks to come.
            if (!ending) {
                failed.increment();
                LOG.debugf("calls that have expired cannot be deleted now: %s", e);
            }
        }
    }

    /** Until there is nothing left. @return the rows that were deleted */
    long forget() {
        var turns = new ArrayDeque<>(delete.left().await().atMost(PATIENCE));
        var rows = 0L;
        for (var left = turns.poll(); left != null && !ending; left = turns.poll()) {
            var some = some(left);
            rows += some;
            if (some > 0) {
                turns.add(left);
            }
        }
        return rows;
    }

    private int some(Left left) {
        pressure.eased(left.organization()).await().indefinitely();
        var rows = delete.some(left, AT_ONCE).await().atMost(PATIENCE);
        deleted.increment(rows);
        return rows;
    }
}
