package dev.centime.ingest.exports.scheduled;

import dev.centime.ingest.exports.ExportSettings;
import dev.centime.ingest.exports.scheduled.ExportLeases.Taken;
import dev.centime.ingest.exports.scheduled.ExportLeases.Waiting;
import dev.centime.kit.Begins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for exports that fell due, and takes a few at once, of each organization one: a store that is slow or gone holds up nobody but
 * its own organization.
 */
@ApplicationScoped
public class ScheduledRunner implements Begins {
    private static final Logger LOG = Logger.getLogger(ScheduledRunner.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration TIDY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int AT_ONCE = 10;

    private final ExportLeases leases;
    private final ScheduledRun run;
    private final Leftovers leftovers;
    private final int parallel;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService looking = Executors.newScheduledThreadPool(
            2, task -> Thread.ofPlatform().daemon().name("scheduled-exports").unstarted(task));
    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean ending;

    ScheduledRunner(ExportLeases leases, ScheduledRun run, Leftovers leftovers, ExportSettings settings) {
        this.leases = leases;
        this.run = run;
        this.leftovers = leftovers;
        this.parallel = settings.scheduledParallel();
    }

    @Override
    public Uni<Void> begin() {
        looking.scheduleWithFixedDelay(this::look, 0, POLL.toMillis(), TimeUnit.MILLISECONDS);
        looking.scheduleWithFixedDelay(this::tidy, TIDY.toMillis(), TIDY.toMillis(), TimeUnit.MILLISECONDS);
        return Uni.createFrom().voidItem();
    }

    @Override
    public void end() {
        ending = true;
        looking.shutdownNow();
        running.shutdownNow();
    }

    private void look() {
        if (underWay.size() >= parallel) {
            return;
        }
        try {
            for (var waiting : leases.waiting(AT_ONCE, underWay).await().atMost(PATIENCE)) {
                var organization = waiting.key().organization();
                if (underWay.size() < parallel && underWay.add(organization)) {
                    running.execute(() -> take(waiting));
                }
            }
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here ends all looks to come.
            if (!ending) {
                LOG.debugf("exports that fell due cannot be looked for now: %s", e);
            }
        }
    }

    private void take(Waiting waiting) {
        try {
            leases.take(waiting.key()).await().atMost(PATIENCE).ifPresent(lease -> run.run(new Taken(waiting, lease)));
        } catch (RuntimeException e) {
            if (!ending) {
                LOG.warnf(
                        "scheduled export %s cannot be taken now: %s",
                        waiting.key().exportId(), e);
            }
        } finally {
            underWay.remove(waiting.key().organization());
        }
    }

    private void tidy() {
        try {
            leftovers.removeSome();
            leftovers.forgetCancelled();
        } catch (RuntimeException | Error e) {
            if (!ending) {
                LOG.debugf("what exports left cannot be removed now: %s", e);
            }
        }
    }
}
