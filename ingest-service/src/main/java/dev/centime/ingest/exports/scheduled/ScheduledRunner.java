package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.exports.scheduled.ExportLeases.Waiting;
import dev.centime.kit.Begins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Looks for exports that fell due, and takes them one after another: nobody waits for them. */
@ApplicationScoped
public class ScheduledRunner implements Begins {
    private static final Logger LOG = Logger.getLogger(ScheduledRunner.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 10;

    private final ExportLeases leases;
    private final ScheduledRun run;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("scheduled-exports").unstarted(task));
    private volatile boolean ending;

    ScheduledRunner(ExportLeases leases, ScheduledRun run) {
        this.leases = leases;
        this.run = run;
    }

    @Override
    public Uni<Void> begin() {
        looking.scheduleWithFixedDelay(this::look, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        ending = true;
        looking.shutdownNow();
    }

    private void look() {
        try {
            for (var waiting : leases.waiting(AT_ONCE).await().atMost(PATIENCE)) {
                take(waiting);
            }
        } catch (RuntimeException e) {
            if (!ending) {
                LOG.debugf("exports that fell due cannot be looked for now: %s", e);
            }
        }
    }

    private void take(Waiting waiting) {
        leases.take(waiting).await().atMost(PATIENCE).ifPresent(run::run);
    }
}
