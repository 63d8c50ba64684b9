package dev.centime.ingest.imports;

import dev.centime.ingest.imports.ImportLeases.Due;
import dev.centime.kit.Begins;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Looks for imports that wait, or whose owner is gone, and runs them: a few at once, of one partition one, so that imports never take
 * more of a partition than one caller does. Threads of its own, since an import computes more than it waits.
 */
@ApplicationScoped
public class ImportRunner implements Begins {
    private static final Logger LOG = Logger.getLogger(ImportRunner.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ImportLeases leases;
    private final ImportRun.Parts parts;
    private final SteadyLooks looks = new SteadyLooks(ImportReceipts.LEASE, ImportReceipts.LEASE.dividedBy(2));
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private final int parallel;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(daemon("imports"));
    private final ExecutorService running;
    private volatile boolean ending;

    ImportRunner(ImportLeases leases, ImportRun.Parts parts, ImportSettings settings) {
        this.leases = leases;
        this.parts = parts;
        this.parallel = settings.parallel();
        this.running = Executors.newFixedThreadPool(parallel, daemon("import"));
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
        running.shutdownNow();
    }

    private void look() {
        try {
            var found = leases.due().await().atMost(PATIENCE);
            var steady = looks.succeeded(System.nanoTime());
            for (var due : found) {
                if (due.abandoned()) {
                    if (steady) {
                        abandoned(due.key()).await().atMost(PATIENCE);
                    }
                } else if (partitions.size() < parallel
                        && partitions.add(due.key().partition())) {
                    running.execute(() -> run(due));
                }
            }
        } catch (RuntimeException | Error e) {
            // Whatever is thrown from here ends all looks to come.
            looks.failed();
            if (!ending) {
                parts.metrics().lookFailed();
                LOG.debugf("imports cannot be looked for now: %s", e);
            }
        }
    }

    private Uni<Boolean> abandoned(ImportKey key) {
        return leases.abandoned(key).call(ended -> {
            if (!ended) {
                return Uni.createFrom().nullItem();
            }
            parts.metrics().file("abandoned");
            return parts.news().tell(key);
        });
    }

    private void run(Due due) {
        try {
            leases.take(due.key()).await().atMost(PATIENCE).ifPresent(taken -> new ImportRun(taken, parts).run());
        } catch (RuntimeException e) {
            if (!ending) {
                LOG.warnf(
                        "import %s rests until its lease runs out: %s",
                        due.key().id(), e);
            }
        } finally {
            partitions.remove(due.key().partition());
        }
    }

    private static ThreadFactory daemon(String name) {
        return task -> Thread.ofPlatform().daemon().name(name).unstarted(task);
    }
}
